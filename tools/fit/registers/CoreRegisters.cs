namespace Escapement.Fit.Registers;

/// <summary>
/// Harp's own registers 0 to 19. Written by hand from Device.md 1.13.0, because the protocol's machine-readable list
/// (schema/core.yml) ends at 14. Access is what this device takes: a Write to a deprecated or optional register that
/// Harp calls writeable is answered, and changes nothing.
/// </summary>
public static class CoreRegisters
{
    public static readonly IReadOnlyList<Register> All =
    [
        Core("WhoAmI", 0, "U16", 1, "", "Identity class of the device; 0, none is reserved."),
        Core("HardwareVersionHigh", 1, "U8", 1, "", "Deprecated. Major hardware version, as in Version."),
        Core("HardwareVersionLow", 2, "U8", 1, "", "Deprecated. Minor hardware version, as in Version."),
        Core("AssemblyVersion", 3, "U8", 1, "", "Deprecated. Always 0."),
        Core("CoreVersionHigh", 4, "U8", 1, "", "Deprecated. Major protocol version, as in Version."),
        Core("CoreVersionLow", 5, "U8", 1, "", "Deprecated. Minor protocol version, as in Version."),
        Core("FirmwareVersionHigh", 6, "U8", 1, "", "Deprecated. Major firmware version, as in Version."),
        Core("FirmwareVersionLow", 7, "U8", 1, "", "Deprecated. Minor firmware version, as in Version."),
        Core("TimestampSeconds", 8, "U32", 1, "WE", "Harp clock, whole seconds. A write moves the offset to the board's clock, unless locked."),
        Core("TimestampMicroseconds", 9, "U16", 1, "", "Harp clock, fraction of the second in steps of 32 microseconds, 0 to 31249."),
        Core("OperationControl", 10, "U8", 1, "W", "Operation mode, heartbeat, dump and mute; 0xE4 after a boot."),
        Core("ResetDevice", 11, "U8", 1, "W", "Resets the device; reads 0x40, there is no non-volatile storage."),
        Core("DeviceName", 12, "U8", 25, "W", "Name, padded with zeros. A write changes nothing."),
        Core("SerialNumber", 13, "U16", 1, "W", "Deprecated. First two bytes of Uid. A write changes nothing."),
        Core("ClockConfiguration", 14, "U8", 1, "W", "0x40 when TimestampSeconds may be written, 0x80 when it is locked."),
        Core("TimestampOffset", 15, "U8", 1, "W", "Deprecated. Always 0. A write changes nothing."),
        Core("Uid", 16, "U8", 16, "", "Unique identifier, little-endian; 0 when none was written at flashing."),
        Core("Tag", 17, "U8", 8, "", "Tag of the firmware build, little-endian."),
        Core("Heartbeat", 18, "U16", 1, "E", "Bit 0: in Active mode. Bit 1 (synchronised to a Harp clock) is always 0."),
        Core("Version", 19, "U8", 32, "", "Protocol, firmware and hardware version, core id \"ESC\", SHA-1 of device.yml (little-endian)."),
    ];

    private static Register Core(string name, int address, string type, int length, string access, string description) =>
        new(name, address, type, length, CanRead: true, access.Contains('W'), access.Contains('E'), description, null, []);
}
