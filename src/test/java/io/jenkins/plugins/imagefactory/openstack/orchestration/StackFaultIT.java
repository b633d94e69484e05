package io.jenkins.plugins.imagefactory.openstack.orchestration;
