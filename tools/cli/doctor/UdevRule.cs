namespace Escapement.Cli;

/// <summary>The udev rule for boards: who sits at the machine may use the bridges, and nobody probes them.</summary>
internal static class UdevRule
{
    public const string Path = "/etc/udev/rules.d/60-escapement.rules";

    public const string Text = """
        # Serial bridges of Escapement boards: for the group dialout and for whoever sits at this machine;
        # ModemManager and brltty are to leave them alone.
        SUBSYSTEM=="tty", SUBSYSTEMS=="usb", ATTRS{idVendor}=="10c4", ATTRS{idProduct}=="ea60", GROUP="dialout", MODE="0660", TAG+="uaccess", ENV{ID_MM_DEVICE_IGNORE}="1", ENV{BRLTTY_BRAILLE_DRIVER}=""
        SUBSYSTEM=="tty", SUBSYSTEMS=="usb", ATTRS{idVendor}=="1a86", ATTRS{idProduct}=="7523|55d3|55d4", GROUP="dialout", MODE="0660", TAG+="uaccess", ENV{ID_MM_DEVICE_IGNORE}="1", ENV{BRLTTY_BRAILLE_DRIVER}=""
        SUBSYSTEM=="tty", SUBSYSTEMS=="usb", ATTRS{idVendor}=="0403", ATTRS{idProduct}=="6001|6015", GROUP="dialout", MODE="0660", TAG+="uaccess", ENV{ID_MM_DEVICE_IGNORE}="1", ENV{BRLTTY_BRAILLE_DRIVER}=""
        SUBSYSTEM=="tty", SUBSYSTEMS=="usb", ATTRS{idVendor}=="303a", ATTRS{idProduct}=="1001", GROUP="dialout", MODE="0660", TAG+="uaccess", ENV{ID_MM_DEVICE_IGNORE}="1"

        """;

    public const string Install = "write the rule (escapement doctor --udev 60-escapement.rules), then: sudo cp 60-escapement.rules /etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm trigger, and plug the board in again";
}
