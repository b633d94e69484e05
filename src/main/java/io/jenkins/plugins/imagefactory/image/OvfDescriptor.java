package io.jenkins.plugins.imagefactory.image;

import com.google.common.xml.XmlEscapers;

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
    private static final int CIM_LINUX_64 = 101;
    private static final int CIM_OTHER = 1;

    /** The text of the {@code .ovf} file. The settings of an item stand in alphabetical order, as the schema wants. */
    public String xml() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
                    xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
                    xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
                    xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
                    xmlns:vmw="http://www.vmware.com/schema/ovf">
                  <References>
                    <File ovf:href="%2$s" ovf:id="file1" ovf:size="%3$d"/>
                  </References>
                  <DiskSection>
                    <Info>Virtual disks</Info>
                    <Disk ovf:capacity="%4$d" ovf:capacityAllocationUnits="byte" ovf:diskId="disk1" ovf:fileRef="file1"
                        ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
                  </DiskSection>
                  <NetworkSection>
                    <Info>Networks</Info>
                    <Network ovf:name="VM Network">
                      <Description>The network of the machine</Description>
                    </Network>
                  </NetworkSection>
                  <VirtualSystem ovf:id="%1$s">
                    <Info>A virtual machine</Info>
                    <Name>%1$s</Name>
                    <OperatingSystemSection ovf:id="%5$d" vmw:osType="%6$s">
                      <Info>The operating system</Info>
                    </OperatingSystemSection>
                    <VirtualHardwareSection>
                      <Info>Virtual hardware</Info>
                      <System>
                        <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
                        <vssd:InstanceID>0</vssd:InstanceID>
                        <vssd:VirtualSystemIdentifier>%1$s</vssd:VirtualSystemIdentifier>
                        <vssd:VirtualSystemType>vmx-10</vssd:VirtualSystemType>
                      </System>
                      <Item>
                        <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
                        <rasd:ElementName>%7$d CPU</rasd:ElementName>
                        <rasd:InstanceID>1</rasd:InstanceID>
                        <rasd:ResourceType>3</rasd:ResourceType>
                        <rasd:VirtualQuantity>%7$d</rasd:VirtualQuantity>
                      </Item>
                      <Item>
                        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
                        <rasd:ElementName>%8$d MiB of memory</rasd:ElementName>
                        <rasd:InstanceID>2</rasd:InstanceID>
                        <rasd:ResourceType>4</rasd:ResourceType>
                        <rasd:VirtualQuantity>%8$d</rasd:VirtualQuantity>
                      </Item>
                      <Item>
                        <rasd:Address>0</rasd:Address>
                        <rasd:ElementName>SCSI controller</rasd:ElementName>
                        <rasd:InstanceID>3</rasd:InstanceID>
                        <rasd:ResourceSubType>lsilogic</rasd:ResourceSubType>
                        <rasd:ResourceType>6</rasd:ResourceType>
                      </Item>
                      <Item>
                        <rasd:AddressOnParent>0</rasd:AddressOnParent>
                        <rasd:ElementName>Hard disk</rasd:ElementName>
                        <rasd:HostResource>ovf:/disk/disk1</rasd:HostResource>
                        <rasd:InstanceID>4</rasd:InstanceID>
                        <rasd:Parent>3</rasd:Parent>
                        <rasd:ResourceType>17</rasd:ResourceType>
                      </Item>
                      <Item>
                        <rasd:AddressOnParent>7</rasd:AddressOnParent>
                        <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>
                        <rasd:Connection>VM Network</rasd:Connection>
                        <rasd:ElementName>Network card</rasd:ElementName>
                        <rasd:InstanceID>5</rasd:InstanceID>
                        <rasd:ResourceSubType>E1000</rasd:ResourceSubType>
                        <rasd:ResourceType>10</rasd:ResourceType>
                      </Item>
                      <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="%9$s"/>
                    </VirtualHardwareSection>
                  </VirtualSystem>
                </Envelope>
                """.formatted(
                        escaped(name),
                        escaped(diskFile),
                        diskFileBytes,
                        capacityBytes,
                        os.startsWith("windows") ? CIM_OTHER : CIM_LINUX_64,
                        escaped(os),
                        cpus,
                        memory,
                        escaped(firmware));
    }

    private static String escaped(String text) {
        return XmlEscapers.xmlAttributeEscaper().escape(text);
    }
}
