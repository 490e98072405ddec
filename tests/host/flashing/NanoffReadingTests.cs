namespace Escapement.Host.Tests;

[TestClass]
public class NanoffReadingTests
{
    private static NanoffOutcome Ended(int? exitCode, string output) => new(exitCode, output, TimeSpan.FromSeconds(7));

    [TestMethod]
    [DataRow(160, "Error E4000: Error executing ESP32 serial command. (no answer)", "code 4000: it could not talk to the boot loader")]
    [DataRow(163, "E4003", "code 4003: writing failed")]
    [DataRow(4003, "", "code 4003: writing failed")]
    [DataRow(163, "", "code 163, which may be 4003: writing failed")]
    [DataRow(47, "Error E9007: Error downloading firmware file.", "code 9007: it could not download")]
    [DataRow(1, "Unhandled exception.", "code 1")]
    [DataRow(0, "Error deploying content file a to b", "its exit code says success, its output does not")]
    [DataRow(0, "Exception deploying content file a to b", "its exit code says success, its output does not")]
    [DataRow(0, "No operation was performed with the options supplied.", "its exit code says success, its output does not")]
    [DataRow(0, "Deploying managed application...FAILED!", "its exit code says success, its output does not")]
    [DataRow(null, "Writing", "did not end within 7 s")]
    public void A_failure_is_named_by_its_code_which_unix_cuts_to_eight_bits_or_by_what_it_says(int? exitCode, string output, string words) =>
        Assert.Contains(words, NanoffReading.Failure(Ended(exitCode, output))!);

    [TestMethod]
    [DataRow("Reading details from chip...OK\nConnected to:\nESP32 (ESP32-D0WD-V3 (revision v3.1))\n")]
    [DataRow("Deploying file /tmp/a to I:\\escapement.id...OK\n")]
    [DataRow("Flashing deployment partition...\nHash of data verified.\nFlash write complete.\nOK\n")]
    [DataRow("Lost connection, retrying...\nHash of data verified.\nOK\n")]
    public void Success_is_not_taken_for_a_failure(string output) => Assert.IsNull(NanoffReading.Failure(Ended(0, output)));

    [TestMethod]
    public void The_chip_is_read_from_what_the_flasher_writes()
    {
        const string Output = "Reading details from chip...OK\r\n\r\nConnected to:\r\nESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))\r\nFeatures WiFi, BLE\r\nFlash size 16MB GD25Q128 from GIGADEVICE (manufacturer 0xC8 device 0x4018)\r\nPSRAM: undetermined\r\nCrystal 40MHz\r\nMAC F4:12:FA:5B:44:F0\r\n\r\n";
        ChipReading chip = NanoffReading.Chip(Output)!;
        Assert.AreEqual("ESP32-S3", chip.Name);
        Assert.AreEqual(16 << 20, chip.FlashBytes);
        Assert.HasCount(6, chip.Lines);
        Assert.AreEqual("ESP32", NanoffReading.Chip("Connected to:\nESP32\nFeatures\n")!.Name);
        Assert.IsNull(NanoffReading.Chip("Reading details from chip..."));
    }

    [TestMethod]
    public void The_runtime_is_read_from_what_it_says_of_itself()
    {
        const string Output = "\nHAL build info: nanoCLR running @ ESP32 built with ESP-IDF v5.5.4\n  Target:   ESP32_REV3\n  Platform: ESP32\n\nFirmware build Info:\n  Date:        Aug 26 2026\n  CLR Version: 1.17.0.339\n\nAssemblies:\n  mscorlib, 1.17.11.0\n\nNative Assemblies:\n  mscorlib v100.5.0.24, checksum 0x1549C856\n  nanoFramework.Hardware.Esp32.Rmt v100.0.6.0, checksum 0x84E4A55C\n";
        RuntimeReading runtime = NanoffReading.Runtime(Output)!;
        Assert.AreEqual("ESP32_REV3", runtime.Target);
        Assert.AreEqual("1.17.0.339", runtime.Version);
        Assert.AreEqual(0x84E4A55Cu, runtime.Natives["nanoFramework.Hardware.Esp32.Rmt"]);
        Assert.HasCount(2, runtime.Natives);
        Assert.IsNull(NanoffReading.Runtime("DeviceInfo is not valid!"));
    }
}
