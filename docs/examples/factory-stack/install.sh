#!/bin/bash
# Makes this server an image factory. cloud-init runs it as root, when the packages of cloud-init.yaml are installed.
# What it has to know lies in /etc/image-factory/parameters, in files named like the parameters of factory.yaml.
set -eEuo pipefail

etc=/etc/image-factory
data=/srv/factory
jenkins=http://127.0.0.1:8080

main() {
    trap 'signal FAILURE "install.sh failed in line $LINENO: see /var/log/cloud-init-output.log on the server"' ERR
    mount_volume
    install_packer
    install_jenkins
    install_plugins
    start_jenkins
    start_agent
    signal SUCCESS "Jenkins and its agent are up"
}

mount_volume() {
    local device
    device=$(await_volume "$(parameter volume_id)")
    blkid "$device" >/dev/null || mkfs.ext4 -q -L factory "$device"
    mkdir -p "$data"
    grep -q '^LABEL=factory ' /etc/fstab || echo "LABEL=factory $data ext4 defaults,nofail 0 2" >>/etc/fstab
    systemctl daemon-reload
    mountpoint -q "$data" || mount "$data"
}

# Cinder attaches the volume while the server boots; its link is named after the beginning of its id.
await_volume() {
    local id=$1 tries device
    for ((tries = 0; tries < 60; tries++)); do
        for device in /dev/disk/by-id/*"${id:0:20}"*; do
            if [[ -b $device ]]; then
                echo "$device"
                return
            fi
        done
        sleep 5
    done
    echo "the volume $id is not attached to this server" >&2
    return 1
}

install_packer() {
    local zip
    zip=$(mktemp --suffix=.zip)
    download packer "$zip"
    unzip -qo "$zip" packer -d /usr/local/bin
    rm "$zip"
}

install_jenkins() {
    local key=/etc/apt/keyrings/jenkins.asc
    mkdir -p "${key%/*}"
    fetch "$(parameter jenkins_key)" "$key"
    echo "deb [signed-by=$key] $(parameter jenkins_repository) binary/" >/etc/apt/sources.list.d/jenkins.list
    apt-get -qq update
    without_starting_services env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y jenkins
}

# Jenkins' package starts it at once, which is too early: its plugins are not there yet.
without_starting_services() {
    local policy=/usr/sbin/policy-rc.d result=0
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    "$@" || result=$?
    rm "$policy"
    return "$result"
}

install_plugins() {
    local plugins=$data/jenkins/plugins manager
    mkdir -p "$plugins"
    manager=$(mktemp --suffix=.jar)
    download plugin_manager "$manager"
    java -jar "$manager" --war /usr/share/java/jenkins.war --plugin-download-directory "$plugins" \
        --plugin-file "$etc/plugins.txt"
    rm "$manager"
    download factory_plugin "$plugins/openstack-image-factory.jpi"
}

start_jenkins() {
    chmod 750 "$data/jenkins"
    chown -R jenkins:jenkins "$data/jenkins"
    chown jenkins "$etc"/parameters/{jenkins_admin_password,openstack_*}
    systemctl enable jenkins
    systemctl start jenkins
}

start_agent() {
    mkdir -p "$data/agent"
    chmod 750 "$data/agent"
    chown -R factory:factory "$data/agent"
    if [[ $(parameter jobs_may_sudo) == yes ]]; then
        install -m 440 /dev/stdin /etc/sudoers.d/image-factory <<<'factory ALL=(ALL) NOPASSWD: ALL'
    fi
    agent_secret | install -o factory -m 400 /dev/stdin "$etc/agent-secret"
    systemctl enable jenkins-agent
    systemctl start jenkins-agent
    await_agent
}

agent_secret() {
    as_admin computer/builder/jenkins-agent.jnlp | sed -nE 's|.*<argument>([0-9a-f]{64})</argument>.*|\1|p' | grep .
}

await_agent() {
    local tries
    for ((tries = 0; tries < 60; tries++)); do
        if as_admin computer/builder/api/json | grep -q '"offline":false'; then
            return
        fi
        sleep 5
    done
    echo "Jenkins' agent does not connect: see journalctl -u jenkins-agent" >&2
    return 1
}

# Asks Jenkins for a page as its administrator, whose password curl reads from its input.
as_admin() {
    local authorization
    authorization=$(printf 'admin:%s' "$(parameter jenkins_admin_password)" | base64 --wrap=0)
    curl -sSf --retry 30 --retry-delay 5 --retry-connrefused --config - "$jenkins/$1" \
        <<<"header = \"Authorization: Basic $authorization\""
}

# download PARAMETER FILE: the URL is the parameter's, the SHA-256 that of PARAMETER_sha256
download() {
    fetch "$(parameter "$1")" "$2"
    sha256sum --check --quiet <<<"$(parameter "$1_sha256")  $2"
}

fetch() {
    curl -sSfL --proto '=https' --retry 5 -o "$2" "$1"
}

parameter() {
    cat "$etc/parameters/$1"
}

# signal STATUS REASON: tells Heat, which waits for it
signal() {
    curl -sSf --retry 5 --config "$etc/signal" -H 'Content-Type: application/json' -o /dev/null \
        --data "{\"status\": \"$1\", \"reason\": \"$2\"}"
}

main
