"""The smallest storage that Cinder can have: each volume is a file in STATE_PATH/volumes, called like its id."""

import os

import eventlet
from cinder.volume import driver, volume_utils
from oslo_config import cfg


class FileDriver(driver.VolumeDriver):
    """No server reaches its volumes. However large a volume is called, its file is small, so that uploads take no time."""

    VERSION = "1"
    FILE_SIZE = 1 << 20

    def check_for_setup_error(self):
        os.makedirs(self._directory(), exist_ok=True)

    def create_volume(self, volume):
        with open(self.local_path(volume), "xb") as file:
            file.truncate(self.FILE_SIZE)

    def delete_volume(self, volume):
        if os.path.exists(self.local_path(volume)):
            os.remove(self.local_path(volume))

    def local_path(self, volume):
        return os.path.join(self._directory(), volume.id)

    def copy_volume_to_image(self, context, volume, image_service, image_meta):
        """Waits while there is a file that holds the volume back, as slow storage does."""
        while os.path.exists(self.local_path(volume) + ".held"):
            eventlet.sleep(0.05)
        volume_utils.upload_volume(
            context, image_service, image_meta, self.local_path(volume), volume, run_as_root=False
        )

    def ensure_export(self, context, volume):
        pass

    def create_export(self, context, volume, connector):
        pass

    def remove_export(self, context, volume):
        pass

    def _update_volume_stats(self):
        self._stats = {
            "volume_backend_name": "files",
            "vendor_name": "tests",
            "driver_version": self.VERSION,
            "storage_protocol": "file",
            "total_capacity_gb": "infinite",
            "free_capacity_gb": "infinite",
        }

    @staticmethod
    def _directory():
        return os.path.join(cfg.CONF.state_path, "volumes")
