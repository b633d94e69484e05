"""Serves Cinder, API, scheduler and volume manager in one process: cinder_server.py --config-file CONFIG_FILE"""

import sys

import lifeline

lifeline.hold()

from cinder.cmd import volume  # noqa: E402 F401 - makes all that follows green, and knows the options of its services
from cinder import coordination, objects, rpc, service, version  # noqa: E402
from cinder.common import config  # noqa: E402
from oslo_config import cfg  # noqa: E402
from oslo_log import log  # noqa: E402
from oslo_service import service as oslo_service  # noqa: E402

CONF = cfg.CONF

objects.register_all()
CONF(sys.argv[1:], project="cinder", version=version.version_string())
config.set_middleware_defaults()
log.setup(CONF, "cinder")
rpc.init(CONF)
coordination.COORDINATOR.start()

launcher = oslo_service.ServiceLauncher(CONF)
launcher.launch_service(service.Service.create(binary="cinder-scheduler"))
for backend in CONF.enabled_backends:
    launcher.launch_service(
        service.Service.create(host=f"{CONF.host}@{backend}", service_name=backend, binary="cinder-volume")
    )
launcher.launch_service(service.WSGIService("osapi_volume"))
launcher.wait()
