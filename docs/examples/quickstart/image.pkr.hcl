variable "base_image" {
  type = string
}

variable "name" {
  type    = string
  default = "quickstart"
}

variable "version" {
  type    = string
  default = "1.0"
}

source "qemu" "quickstart" {
  disk_image       = true
  iso_url          = var.base_image
  iso_checksum     = "none"
  skip_resize_disk = true
  format           = "qcow2"
  output_directory = "output-${var.name}"
  vm_name          = "${var.name}.qcow2"

  accelerator = "tcg"
  memory      = 256
  headless    = true
  boot_wait   = "-1s"
  qemuargs    = [["-netdev", "user,id=user.0,hostfwd=tcp:127.0.0.1:{{.SSHHostPort}}-:22"]]

  ssh_username             = "root"
  ssh_password             = "image-factory"
  ssh_file_transfer_method = "sftp"
  ssh_timeout              = "3m"
  shutdown_command         = "poweroff"
}

build {
  sources = ["source.qemu.quickstart"]

  provisioner "shell" {
    environment_vars = ["IMAGE_NAME=${var.name}", "IMAGE_VERSION=${var.version}"]
    script           = "${path.root}/provision.sh"
  }
}
