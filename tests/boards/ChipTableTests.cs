namespace Escapement.Boards.Tests;

/// <summary>The chips' tables: what the data sheets say of the pins that matter, and that no table contradicts itself.</summary>
[TestClass]
public class ChipTableTests
{
    [TestMethod]
    [DataRow("ESP32", "0 2 5 12 15", "6 7 8 9 10 11", "", "1 3", "34 35 36 37 38 39")]
    [DataRow("ESP32-S2", "0 45 46", "26 27 28 29 30 31 32", "19 20", "43 44", "46")]
    [DataRow("ESP32-S3", "0 3 45 46", "26 27 28 29 30 31 32", "19 20", "43 44", "")]
    [DataRow("ESP32-C3", "2 8 9", "12 13 14 15 16 17", "18 19", "20 21", "")]
    [DataRow("ESP32-C6", "4 5 8 9 15", "24 25 26 27 28 29 30", "12 13", "16 17", "")]
    [DataRow("ESP32-H2", "2 3 8 9 25", "15 16 17 18 19 20 21", "26 27", "23 24", "")]
    public void Pins_with_a_role(string chip, string strapping, string flash, string usb, string uart0, string inputOnly)
    {
        PinRole[] roles = [PinRole.Strapping, PinRole.Flash, PinRole.Usb, PinRole.Uart0, PinRole.InputOnly];
        CollectionAssert.AreEqual(new[] { strapping, flash, usb, uart0, inputOnly }, roles.Select(role => Pins(chip, role)).ToArray());
    }

    [TestMethod]
    public void Octal_and_quad_memory_take_pins_where_a_module_has_them()
    {
        Assert.AreEqual("33 34 35 36 37", Pins("ESP32-S3", PinRole.OctalMemory));
        Assert.AreEqual("16 17", Pins("ESP32", PinRole.QuadMemory));
    }

    [TestMethod]
    [DataRow("ESP32", 8, 64, 8, 3)]
    [DataRow("ESP32-S2", 4, 64, 4, 2)]
    [DataRow("ESP32-S3", 4, 48, 4, 3)]
    [DataRow("ESP32-C3", 2, 48, 0, 2)]
    [DataRow("ESP32-C6", 2, 48, 4, 2)]
    [DataRow("ESP32-H2", 2, 48, 4, 2)]
    public void Channels_words_counters_and_ports(string name, int channels, int words, int counters, int ports)
    {
        Chip chip = Chips.Find(name)!;
        Assert.AreEqual((channels, words, counters, ports), (chip.RmtChannels.Value, chip.ChannelWords.Value, chip.CounterUnits.Value, chip.SerialPorts.Value));
    }

    [TestMethod]
    public void No_table_contradicts_itself()
    {
        foreach (Chip chip in Chips.All)
        {
            Assert.IsTrue(chip.Groups.SelectMany(group => group.Pins).All(chip.Existing.Value.Contains), $"{chip.Name}: a role on a pin that does not exist");
            Assert.IsTrue(chip.Adc1.Value.All(chip.Existing.Value.Contains), $"{chip.Name}: an analogue pin that does not exist");
            PinRole[] fatal = [PinRole.Strapping, PinRole.Flash, PinRole.Usb, PinRole.Uart0, PinRole.InputOnly];
            Assert.IsFalse(chip.Groups.Where(group => fatal.Contains(group.Role)).SelectMany(group => group.Pins).Any(chip.QuietAtReset.Value.Contains), $"{chip.Name}: a quiet pin that is not free");
            PinSet uart0 = chip.Groups.Single(group => group.Role == PinRole.Uart0).Pins;
            CollectionAssert.AreEquivalent(uart0.ToList(), new[] { chip.ComOne.Transmit, chip.ComOne.Receive }, chip.Name);
            foreach (Module module in chip.Modules)
            {
                Assert.IsTrue(chip.Deploy.ContainsKey(module.FlashMb), module.Name);
                Assert.IsTrue(chip.Targets.Any(target => target.Psram == module.Psram), $"no image fits {module.Name}");
            }

            Assert.HasCount(1, chip.Deploy.Values.Select(region => region.Value.Address).Distinct().ToList(), $"{chip.Name}: one address, whatever the flash");
        }
    }

    private static string Pins(string chip, PinRole role) => string.Join(' ', Chips.Find(chip)!.Groups.Where(group => group.Role == role).SelectMany(group => group.Pins));
}
