package io.jenkins.plugins.imagefactory.image;

import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The description of a virtual machine with one disk and one network card, as VMware, AWS and VirtualBox import it.
 *
 * @param name of the machine
 * @param os VMware's name of the guest's operating system, such as {@code debian12_64Guest}
 * @param memory MiB
 * @param firmware {@code bios} or {@code efi}
 * @param diskFile name of the stream-optimised VMDK beside it
 * @param diskFileBytes size of that file
 * @param capacityBytes size of the disk as the guest sees it
 * @see <a href="https://www.dmtf.org/standards/ovf">DSP0243: Open Virtualization Format 1.1</a>
 */
public record OvfDescriptor(
        String name,
        String os,
        int cpus,
        int memory,
        String firmware,
        String diskFile,
        long diskFileBytes,
        long capacityBytes) {
    private static final String OVF = "http://schemas.dmtf.org/ovf/envelope/1";
    private static final String RASD =
            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";
    private static final String VSSD = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData";
    private static final String VMW = "http://www.vmware.com/schema/ovf";
    private static final String STREAM_OPTIMISED =
            "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized";
    private static final String NETWORK = "VM Network";
    private static final String HARDWARE = "vmx-10";
    private static final int CIM_LINUX_64 = 101;
    private static final int CIM_OTHER = 1;

    /** The text of the {@code .ovf} file. */
    public String xml() {
        StringWriter text = new StringWriter();
        try {
            write(new Document(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text)));
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private void write(Document xml) throws XMLStreamException {
        xml.begin();
        references(xml);
        disks(xml);
        networks(xml);
        virtualSystem(xml);
        xml.end();
    }

    private void references(Document xml) throws XMLStreamException {
        xml.open("References");
        xml.leaf("File", null, Map.of("href", diskFile, "id", "file1", "size", Long.toString(diskFileBytes)));
        xml.close();
    }

    private void disks(Document xml) throws XMLStreamException {
        xml.open("DiskSection");
        xml.leaf("Info", "Virtual disks");
        xml.leaf(
                "Disk",
                null,
                Map.of(
                        "capacity", Long.toString(capacityBytes),
                        "capacityAllocationUnits", "byte",
                        "diskId", "disk1",
                        "fileRef", "file1",
                        "format", STREAM_OPTIMISED));
        xml.close();
    }

    private static void networks(Document xml) throws XMLStreamException {
        xml.open("NetworkSection");
        xml.leaf("Info", "Networks");
        xml.open("Network", Map.of("name", NETWORK));
        xml.leaf("Description", "The network of the machine");
        xml.close();
        xml.close();
    }

    private void virtualSystem(Document xml) throws XMLStreamException {
        xml.open("VirtualSystem", Map.of("id", name));
        xml.leaf("Info", "A virtual machine");
        xml.leaf("Name", name);
        xml.openOperatingSystem(os.startsWith("windows") ? CIM_OTHER : CIM_LINUX_64, os);
        xml.leaf("Info", "The operating system");
        xml.close();
        xml.open("VirtualHardwareSection");
        xml.leaf("Info", "Virtual hardware");
        xml.open("System");
        xml.settings(VSSD, "ElementName", "Virtual Hardware Family", "InstanceID", 0, "VirtualSystemIdentifier", name);
        xml.settings(VSSD, "VirtualSystemType", HARDWARE);
        xml.close();
        items(xml);
        xml.config("firmware", firmware);
        xml.close();
        xml.close();
    }

    /** The elements of an item stand in alphabetical order, as the schema wants. */
    private void items(Document xml) throws XMLStreamException {
        xml.item(
                "AllocationUnits",
                "hertz * 10^6",
                "ElementName",
                cpus + " CPU",
                "InstanceID",
                1,
                "ResourceType",
                3,
                "VirtualQuantity",
                cpus);
        xml.item(
                "AllocationUnits",
                "byte * 2^20",
                "ElementName",
                memory + " MiB of memory",
                "InstanceID",
                2,
                "ResourceType",
                4,
                "VirtualQuantity",
                memory);
        xml.item(
                "Address",
                0,
                "ElementName",
                "SCSI controller",
                "InstanceID",
                3,
                "ResourceSubType",
                "lsilogic",
                "ResourceType",
                6);
        xml.item(
                "AddressOnParent",
                0,
                "ElementName",
                "Hard disk",
                "HostResource",
                "ovf:/disk/disk1",
                "InstanceID",
                4,
                "Parent",
                3,
                "ResourceType",
                17);
        xml.item(
                "AddressOnParent",
                7,
                "AutomaticAllocation",
                true,
                "Connection",
                NETWORK,
                "ElementName",
                "Network card",
                "InstanceID",
                5,
                "ResourceSubType",
                "E1000",
                "ResourceType",
                10);
    }

    private record Document(XMLStreamWriter out, StringBuilder indent) {
        Document(XMLStreamWriter out) {
            this(out, new StringBuilder("\n"));
        }

        void begin() throws XMLStreamException {
            out.writeStartDocument("UTF-8", "1.0");
            out.setPrefix("ovf", OVF);
            out.setPrefix("rasd", RASD);
            out.setPrefix("vssd", VSSD);
            out.setPrefix("vmw", VMW);
            out.writeCharacters(indent.toString());
            out.writeStartElement(OVF, "Envelope");
            out.writeNamespace("ovf", OVF);
            out.writeNamespace("rasd", RASD);
            out.writeNamespace("vssd", VSSD);
            out.writeNamespace("vmw", VMW);
            indent.append("  ");
        }

        void end() throws XMLStreamException {
            close();
            out.writeEndDocument();
            out.writeCharacters("\n");
            out.close();
        }

        void open(String name) throws XMLStreamException {
            open(name, Map.of());
        }

        void open(String name, Map<String, String> attributes) throws XMLStreamException {
            start(OVF, name);
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                out.writeAttribute(OVF, attribute.getKey(), attribute.getValue());
            }
            indent.append("  ");
        }

        void openOperatingSystem(int cimType, String vmwareType) throws XMLStreamException {
            open("OperatingSystemSection", Map.of("id", Integer.toString(cimType)));
            out.writeAttribute(VMW, "osType", vmwareType);
        }

        void leaf(String name, String text) throws XMLStreamException {
            leaf(name, text, Map.of());
        }

        void leaf(String name, String text, Map<String, String> attributes) throws XMLStreamException {
            open(name, attributes);
            if (text != null) {
                out.writeCharacters(text);
            }
            indent.setLength(indent.length() - 2);
            out.writeEndElement();
        }

        void close() throws XMLStreamException {
            indent.setLength(indent.length() - 2);
            out.writeCharacters(indent.toString());
            out.writeEndElement();
        }

        void item(Object... namesAndValues) throws XMLStreamException {
            open("Item");
            settings(RASD, namesAndValues);
            close();
        }

        void settings(String namespace, Object... namesAndValues) throws XMLStreamException {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                start(namespace, namesAndValues[i].toString());
                out.writeCharacters(namesAndValues[i + 1].toString());
                out.writeEndElement();
            }
        }

        void config(String key, String value) throws XMLStreamException {
            start(VMW, "Config");
            out.writeAttribute(OVF, "required", "false");
            out.writeAttribute(VMW, "key", key);
            out.writeAttribute(VMW, "value", value);
            out.writeEndElement();
        }

        private void start(String namespace, String name) throws XMLStreamException {
            out.writeCharacters(indent.toString());
            out.writeStartElement(namespace, name);
        }
    }
}
