using System.Globalization;

namespace Escapement.Boards.Tests;

/// <summary>What a board file must not say: each refused alone, at its place, with the reason and what to do.</summary>
[TestClass]
public class RefusalTests
{
    [TestMethod]
    [DataRow(BoardText.Reference, "trigger", 0, "strapping pin")]
    [DataRow(BoardText.Reference, "coil", 45, "strapping pin")]
    [DataRow(BoardText.Reference, "trigger", 27, "flash pin")]
    [DataRow(BoardText.Reference, "key", 35, "PSRAM pin")]
    [DataRow(BoardText.Reference, "trigger", 14, "not quiet at reset")]
    [DataRow(BoardText.Reference, "enable", 18, "not quiet at reset")]
    [DataRow(BoardText.Reference, "heartbeat", 47, "not quiet at reset")]
    [DataRow(BoardText.Reference, "interlock", 19, "USB pin")]
    [DataRow(BoardText.Reference, "lamp", 22, "no such pin")]
    [DataRow(BoardText.Reference, "temperature", 38, "not a pin of the first analogue converter")]
    [DataRow(BoardText.Reference, "linkTransmit", 17, "COM1 is wired to the board's bridge")]
    [DataRow(BoardText.Classic, "trigger", 12, "strapping pin")]
    [DataRow(BoardText.Classic, "trigger", 36, "input-only pin")]
    [DataRow(BoardText.Classic, "linkTransmit", 36, "input-only pin")]
    [DataRow(BoardText.Classic, "rawCounter", 36, "dipping pin")]
    [DataRow(BoardText.Classic, "trigger", 6, "flash pin")]
    [DataRow(BoardText.Classic, "coil", 3, "UART0 pin")]
    [DataRow(BoardText.Classic, "trigger", 14, "not quiet at reset")]
    [DataRow(BoardText.Classic, "rawCounter", 38, "does not bring it out")]
    public void Pin_that_must_not_carry_the_signal_is_refused_with_one_that_may(string id, string signal, int pin, string reason)
    {
        string text = BoardText.Of(id).With("pins." + signal, Digits(pin));
        BoardProblem problem = Only(text, "pins." + signal, reason);
        Assert.IsNotNull(problem.Offer(), problem.ToString());
        string mended = text.With("pins." + signal, Digits(problem.Offer()!.Value));
        Assert.IsEmpty(mended.Problems(), "the offered pin is free and has no objection of its own");
    }

    [TestMethod]
    public void A_chips_fact_is_named_with_its_source_and_how_well_it_is_known()
    {
        Assert.Contains("(ESP-IDF v5.5.4 docs, GPIO summary; REPORTED)", Only(BoardText.Of(BoardText.Reference).With("pins.trigger", "0"), "pins.trigger", "strapping").Why);
        Assert.Contains("; VERIFIED)", Only(BoardText.Of(BoardText.Classic).With("trigger.channelWords", "48"), "trigger.channelWords", "64 words").Why);
    }

    [TestMethod]
    public void Two_signals_on_one_pin_are_refused_and_the_second_is_offered_another()
    {
        string text = BoardText.Of(BoardText.Reference).With("pins.key", "15");
        BoardProblem problem = Only(text, "pins.key", "trigger is there already");
        Assert.IsEmpty(text.With("pins.key", Digits(problem.Offer()!.Value)).Problems());
    }

    [TestMethod]
    [DataRow("trigger")]
    [DataRow("gateReadBack")]
    [DataRow("emergencyStopB")]
    [DataRow("interlock")]
    [DataRow("linkReceive")]
    public void A_signal_that_no_board_works_without_cannot_be_absent(string signal) =>
        Only(BoardText.Of(BoardText.Reference).With("pins." + signal, "absent"), "pins." + signal, "no board works without it");

    [TestMethod]
    public void On_the_S3_trigger_enable_and_heartbeat_go_only_where_nothing_glitches_at_reset()
    {
        var quiet = new[] { 15, 16, 21, 38, 39, 40, 41, 42 };
        var ground = PinGround.Of(BoardLibrary.Find(BoardText.Reference)!);
        foreach (string signal in new[] { "trigger", "enable", "heartbeat" })
        {
            CollectionAssert.AreEqual(quiet, ground.Candidates(BoardSignal.All.Single(one => one.Name == signal)).ToArray());
        }
    }

    [TestMethod]
    [DataRow("trigger.firstListWords", "9000", "more words than memory", "write at most 937 words")]
    [DataRow("trigger.firstListWords", "2560", "nothing (INFERRED;", "write 2559")]
    [DataRow("trigger.listWords", "384", "whole multiple of the channel memory's 64 words", "write 383")]
    [DataRow("trigger.firstListWords", "300", "never shorter", "write at least 383")]
    [DataRow("trigger.channelWords", "48", "64 words", "write 64")]
    [DataRow("trigger.tickNs", "100", "every list at 1000 ns", "write 1000")]
    [DataRow("trigger.leadInUs", "260000", "245753 us", "write at most 245753")]
    [DataRow("trigger.leadInUs", "184999", "pause of the interpreter", "write at least 185000")]
    [DataRow("trigger.leadInMinUs", "6000", "start bound (1000 us)", "write more than 6000")]
    [DataRow("trigger.longStartBoundUs", "999", "does not start faster", "write at least 1000")]
    [DataRow("trigger.minCutGapUs", "228999", "229000 us together", "write at least 229000")]
    [DataRow("supervisor.passUs", "20000", "sleeps in steps", "write 10000")]
    [DataRow("memory.managedHeapBytes", "4000000", "at most 110000 bytes", "write at most 110000")]
    [DataRow("memory.nativeBytes", "200000", "leaves at most 102400", "write at most 102400")]
    [DataRow("memory.nativeBytes", "55000", "the driver copies the list, 10236 bytes", "write at most 1462 words")]
    [DataRow("memory.psram", "true", "no PSRAM", "write false")]
    [DataRow("counters.units", "9", "from 1 to 8", "give a whole number from 1 to 8")]
    [DataRow("counters.units", "1", "counted apart", "use 2")]
    [DataRow("runtime.deployAddress", "0x1B0000", "where the flashing tool writes without an address", "write 0x1E0000")]
    [DataRow("runtime.deployAddress", "0x10000", "begins at 0x1E0000", "write 0x1E0000")]
    [DataRow("runtime.deployBytes", "0x1C0001", "holds 1835008", "write 0x1C0000")]
    [DataRow("runtime.target", "ESP32_S3_OCTAL", "not known as an image for the ESP32", "ESP32_REV3")]
    [DataRow("runtime.target", "ESP32_PSRAM_REV3", "built for quad PSRAM", "use ESP32_REV0 or ESP32_REV3")]
    [DataRow("runtime.version", "2.0.0.1", "1.17 line", "pin one version")]
    [DataRow("modules", "[ESP32-S3-WROOM-1-N8R8]", "not known to carry the ESP32", "ESP32-WROOM-32E-N4")]
    [DataRow("modules", "[ESP32-WROOM-32E-N4, ESP32-WROOM-32E-N4]", "once is enough", "remove one")]
    [DataRow("link.port", "COM1", "the debugger owns COM1", "use COM2 or COM3")]
    [DataRow("link.port", "COM4", "3 serial ports", "use COM2 or COM3")]
    [DataRow("link.adapter", "none", "nothing on the board turns this port into USB", "write required")]
    [DataRow("link.baud", "115200", "1000000 baud", "write 1000000")]
    [DataRow("stimulator.minGapUs", "999", "limiter ignores edges", "write at least 1000")]
    [DataRow("stimulator.minWidthUs", "9", "ceiling is 10 us", "write at least 10")]
    [DataRow("stimulator.maxHourPulses", "12001", "ceiling is 12000", "write at most 12000")]
    [DataRow("stimulator.maxHighUs", "25001", "ceiling is 25000 us", "write at most 25000")]
    [DataRow("stimulator.maxWidthUs", "1001", "ceiling is 1000 us", "write at most 1000")]
    [DataRow("stimulator.widthUs", "1001", "10 to 1000 us", "between them")]
    [DataRow("number", "1", "esp32-s3-devkitc-1 has it", "use 4, which is free")]
    [DataRow("reference", "true", "esp32-s3-devkitc-1 is the reference board", "write false")]
    [DataRow("id", "Esp32 DevKitC", "names a folder", "small letters")]
    [DataRow("chip", "ESP8266", "no table", "ESP32-S3")]
    public void Figure_that_cannot_be_is_refused_with_the_reason_and_what_to_write(string field, string value, string reason, string cure)
    {
        string text = BoardText.Of(BoardText.Classic).With(field, value);
        BoardProblem problem = text.Problems().First(one => one.ToString().Contains(reason, StringComparison.Ordinal) || one.Cure.Contains(reason, StringComparison.Ordinal));
        Assert.Contains(cure, problem.Cure);
        Place expected = text.PlaceOf(problem.Field);
        Assert.AreEqual(expected, problem.At, problem.ToString());
    }

    [TestMethod]
    [DataRow("trigger.rmtChannels", "5", "4 RMT channels")]
    [DataRow("counters.units", "5", "4 pulse counters")]
    [DataRow("trigger.firstListWords", "32736", "whole multiple of the channel memory's 48 words")]
    [DataRow("runtime.deployAddress", "0x1E0000", "begins at 0x1B0000")]
    [DataRow("runtime.target", "ESP32_S3_QUAD", "built for quad PSRAM")]
    [DataRow("link.adapter", "required", "the board's own bridge")]
    public void Figure_that_the_reference_chip_lacks_is_refused(string field, string value, string reason)
    {
        string text = BoardText.Of(BoardText.Reference).With(field, value);
        Assert.IsTrue(text.Problems().Any(one => one.Field == field && one.ToString().Contains(reason, StringComparison.Ordinal)), string.Join('\n', text.Problems()));
    }

    [TestMethod]
    public void Buffers_of_four_lengths_and_the_firmware_fill_the_managed_heap_to_the_last_word()
    {
        // 99,000 bytes less 84,000 for the firmware are 3,750 words: one list and three of 383.
        string text = BoardText.Of(BoardText.Classic);
        Assert.IsEmpty(text.With("trigger.firstListWords", "2601").Problems());
        Assert.StartsWith("more words than memory", Only(text.With("trigger.firstListWords", "2602"), "trigger.firstListWords", "take 15004 bytes").Why);
    }

    [TestMethod]
    public void Counting_on_a_chip_without_counters_is_refused_with_the_chips_that_have_them()
    {
        string text = BoardText.Of(BoardText.Reference).With("chip", "ESP32-C3").With("modules", "[ESP32-C3-WROOM-02-N4]").With("runtime.target", "ESP32_C3");
        BoardProblem problem = text.Problems().Single(one => one.Field == "counters.units");
        Assert.Contains("the ESP32-C3 has 0 pulse counters", problem.Why);
        Assert.Contains("use another chip: ESP32, ESP32-S2, ESP32-S3", problem.Cure);
    }

    [TestMethod]
    public void On_a_module_with_quad_memory_on_16_and_17_they_are_refused()
    {
        string text = BoardText.Of(BoardText.Classic).With("modules", "[ESP32-WROVER-E-N4R8]").With("runtime.target", "ESP32_PSRAM_REV3").With("memory.psram", "true");
        CollectionAssert.AreEqual(new[] { "pins.interlock", "pins.key" }, text.Problems().Select(problem => problem.Field).ToArray());
        Assert.Contains("PSRAM pin", text.Problems()[0].Why);
    }

    [TestMethod]
    public void Everything_is_said_at_once_in_the_order_of_the_lines()
    {
        string text = BoardText.Of(BoardText.Reference)
            .With("runtime.deployAddress", "1").With("trigger.tickNs", "7").With("pins.trigger", "0").With("pins.enable", "19").With("pins.lamp", "twelve").With("stimulator.polarity", "up") + "extra: 1\n";
        IReadOnlyList<BoardProblem> problems = text.Problems();
        CollectionAssert.AreEqual(
            new[] { "runtime.deployAddress", "trigger.tickNs", "pins.trigger", "pins.enable", "pins.lamp", "stimulator.polarity", "extra" },
            problems.Select(problem => problem.Field).ToArray(),
            string.Join('\n', problems));
    }

    private static BoardProblem Only(string text, string field, string reason)
    {
        IReadOnlyList<BoardProblem> problems = text.Problems();
        Assert.HasCount(1, problems, string.Join('\n', problems));
        Assert.AreEqual(field, problems[0].Field);
        Assert.AreEqual(text.PlaceOf(field), problems[0].At);
        Assert.Contains(reason, problems[0].Why);
        return problems[0];
    }

    private static string Digits(int value) => value.ToString(CultureInfo.InvariantCulture);
}
