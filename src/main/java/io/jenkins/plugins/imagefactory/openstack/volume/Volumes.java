package io.jenkins.plugins.imagefactory.openstack.volume;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.openstack.http.OpenStackException;
import io.jenkins.plugins.imagefactory.openstack.http.ResourceId;
import io.jenkins.plugins.imagefactory.openstack.login.ServiceType;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import io.jenkins.plugins.imagefactory.openstack.sdk.OpenStack4j;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Cinder's volumes in one project. */
public final class Volumes {
    private static final int NOT_FOUND = 404;

    private final Session session;
    private final OpenStack4j cinder;

    private Volumes(Session session) {
        this.session = session;
        cinder = new OpenStack4j(session, "Cinder", () -> endpoint(session));
    }

    public static Volumes of(Session session) {
        return new Volumes(session);
    }

    /** Catalogs have the address with the version and, up to Wallaby always, with the project behind it. */
    private static URI endpoint(Session session) throws OpenStackException {
        String address = session.endpoint(ServiceType.BLOCK_STORAGE)
                .toString()
                .replaceAll("/+$", "")
                .replaceFirst("/v[12](?=/|$)", "/v3");
        if (!address.matches(".*/v3(/.*)?")) {
            address += "/v3";
        }
        if (address.endsWith("/v3")) {
            address += "/" + session.project().id();
        }
        return URI.create(address);
    }

    /**
     * The one volume of that id or exact name.
     *
     * @throws OpenStackException also if there is none, or more than one of that name: it is never guessed
     */
    public Volume find(String idOrName) throws OpenStackException {
        if (ResourceId.isId(idOrName)) {
            try {
                return read(
                        cinder.call(client -> client.blockStorage().volumes().get(idOrName)));
            } catch (OpenStackException e) {
                if (e.status() != NOT_FOUND) {
                    throw e;
                }
            }
        }
        List<Volume> volumes = named(idOrName);
        if (volumes.size() == 1) {
            return volumes.get(0);
        }
        throw new OpenStackException(
                volumes.isEmpty()
                        ? "there is no volume '" + idOrName + "' in " + session.place()
                        : "there are " + volumes.size() + " volumes named '" + idOrName + "' in " + session.place()
                                + ", so give the id of one: "
                                + volumes.stream().map(Volume::id).toList());
    }

    private static Volume read(org.openstack4j.model.storage.block.Volume volume) throws OpenStackException {
        if (!isOne(volume)) {
            throw new OpenStackException("Cinder answered with a volume that cannot be read: it has no id");
        }
        return Volume.of(volume);
    }

    private static boolean isOne(@CheckForNull org.openstack4j.model.storage.block.Volume volume) {
        return volume != null && volume.getId() != null;
    }

    private List<Volume> named(String name) throws OpenStackException {
        return cinder.call(client -> client.blockStorage().volumes().list(Map.of("name", name))).stream()
                .filter(Volumes::isOne)
                .map(Volume::of)
                .toList();
    }

    /**
     * Lets Cinder begin to upload a volume to a new image of Glance. May not be repeated when its answer is lost, since
     * the image may be there.
     *
     * @param force even if a server uses the volume, where the cloud allows that
     * @return the image's id
     */
    String uploadToImage(Volume volume, String imageName, DiskFormat format, String visibility, boolean force)
            throws OpenStackException {
        return cinder.call(client -> new ImageOfVolume().upload(volume, imageName, format, visibility, force))
                .getImageId();
    }
}
