using System.Text;
using Escapement.Chip;
using ChipBoard = Escapement.Chip.Board;

namespace Escapement.Esp32.Tests;

/// <summary>Which board the firmware takes itself for, and what it does when it cannot know.</summary>
[TestClass]
public class ProfileTests
{
    private const string Uid = "00112233445566778899aAbBcCdDeEfF";

    [TestMethod]
    [DataRow("ESP32_S3_OCTAL", "", null)]
    [DataRow("ESP32_S3_OCTAL", null, "esp32-s3-devkitc-1")]
    [DataRow("ESP32_REV3", null, "esp32-devkitc")]
    [DataRow("ESP32_C3", null, null)]
    [DataRow("ESP32_S3_OCTAL", "esp32-s3-devkitc-1-bench", "esp32-s3-devkitc-1-bench")]
    [DataRow("ESP32_S3_OCTAL", "esp32-s3-devkitc-1", "esp32-s3-devkitc-1")]
    [DataRow("ESP32_REV3", "", "esp32-devkitc")]
    [DataRow("ESP32_REV3", "esp32-devkitc", "esp32-devkitc")]
    [DataRow("ESP32_REV3", "esp32-s3-devkitc-1", null)]
    [DataRow("ESP32_S3_OCTAL", "esp32-devkitc", null)]
    [DataRow("ESP32_S3_OCTAL", "esp32-devkitc-x", null)]
    [DataRow("ESP32_C3", "", null)]
    [DataRow("", "esp32-devkitc", null)]
    public void Identity_file_and_target_must_name_one_and_the_same_board(string target, string? identity, string? expected) =>
        Assert.AreEqual(expected, ProfileChoice.Of(BoardProfiles.All(), target, identity ?? "", isMissing: identity == null)?.Id);

    [TestMethod]
    public void Target_that_fits_two_boards_is_not_guessed_at_and_the_identity_file_decides()
    {
        BoardProfile[] boards = [new() { Id = "a", Target = "T" }, new() { Id = "b", Target = "T" }];
        Assert.IsNull(ProfileChoice.Of(boards, "T", "", isMissing: false));
        Assert.IsNull(ProfileChoice.Of(boards, "T", "", isMissing: true), "none of them is plain");
        Assert.AreEqual("b", ProfileChoice.Of(boards, "T", "b", isMissing: false)!.Id);
        boards[0].IsPlain = true;
        Assert.AreEqual("a", ProfileChoice.Of(boards, "T", "", isMissing: true)!.Id);
        Assert.IsNull(ProfileChoice.Of(boards, "T", "", isMissing: false), "a damaged file may have named the other");
        boards[1].IsPlain = true;
        Assert.IsNull(ProfileChoice.Of(boards, "T", "", isMissing: true), "two plain boards");
    }

    [TestMethod]
    public void Every_profile_has_its_own_name_and_number_and_what_no_board_may_lack()
    {
        BoardProfile[] all = BoardProfiles.All();
        Assert.HasCount(all.Length, all.Select(one => one.Id).Distinct().ToList());
        Assert.HasCount(all.Length, all.Select(one => one.Figures.BoardId).Distinct().ToList());
        foreach (BoardProfile one in all)
        {
            BoardPins pins = one.Pins;
            int[] needed =
            [
                pins.Trigger, pins.Enable, pins.Heartbeat, pins.RawCounter, pins.GatedCounter, pins.GateReadBack,
                pins.EmergencyStopA, pins.EmergencyStopB, pins.Interlock, pins.LinkTransmit, pins.LinkReceive,
            ];
            Assert.DoesNotContain(BoardPins.Absent, needed, one.Id);
            Assert.HasCount(needed.Length, needed.Distinct().ToList(), one.Id);
        }
    }

    /// <summary>Stated a second time, apart from the board files: a pin that moves leaves every bench that is wired already.</summary>
    [TestMethod]
    public void Pins_are_those_that_benches_are_wired_to()
    {
        Assert.AreEqual("15 16 21 4 5 6 7 8 9 10 11 12 13 43 44", Wired(Esp32S3Devkitc1.Make().Pins));
        Assert.AreEqual("15 16 21 4 5 6 7 8 9 10 11 12 13 43 44", Wired(Esp32S3Devkitc1Bench.Make().Pins));
        Assert.AreEqual("14 1", $"{Esp32S3Devkitc1Bench.Make().Pins.FootSwitch} {Esp32S3Devkitc1Bench.Make().Pins.Temperature}");
        Assert.AreEqual("25 26 27 34 35 23 13 4 16 17 18 19 21 32 33", Wired(Esp32Devkitc.Make().Pins));
    }

    private static string Wired(BoardPins pins) => string.Join(' ', pins.Trigger, pins.Enable, pins.Heartbeat, pins.RawCounter, pins.GatedCounter, pins.GateReadBack,
        pins.EmergencyStopA, pins.EmergencyStopB, pins.Interlock, pins.Key, pins.Coil, pins.StimulatorReady, pins.TriggerOut, pins.LinkTransmit, pins.LinkReceive);

    [TestMethod]
    public void Intact_identity_file_gives_board_and_uid()
    {
        IdentityFile file = Parse(Content("esp32-devkitc"));
        Assert.IsTrue(file.IsIntact);
        Assert.AreEqual("esp32-devkitc", file.BoardId);
        Assert.AreEqual(Uid.ToUpperInvariant(), Convert.ToHexString(file.Uid));
    }

    /// <summary>Every byte of the file changed, every prefix of it, and anything behind it.</summary>
    [TestMethod]
    public void Damaged_identity_file_counts_as_none()
    {
        byte[] good = Content("esp32-devkitc");
        for (int i = 0; i < good.Length; i++)
        {
            AssertNone(good[..i], $"first {i} bytes");
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] bad = [.. good];
                bad[i] ^= (byte)(1 << bit);
                bool sameDigit = i >= good.Length - 9 && Convert.ToChar(bad[i] | 0x20) == Convert.ToChar(good[i] | 0x20) && char.IsAsciiLetter((char)good[i]);
                if (!sameDigit)
                {
                    AssertNone(bad, $"byte {i}, bit {bit}");
                }
            }
        }

        AssertNone([.. good, 0], "one byte more");
        AssertNone([.. good, .. new byte[300]], "too long");
        AssertNone(Content(new string('x', 65)), "endless name");
        AssertNone([], "empty");
    }

    [TestMethod]
    public void Identity_file_is_read_from_the_flash_and_a_missing_one_is_no_error()
    {
        ChipBoard chip = new();
        ChipBoard.Current = chip;
        Assert.IsFalse(IdentityFile.Load(new NativeCrc32()).IsIntact);
        chip.Flash.Put(IdentityFile.Location, Content("esp32-devkitc"));
        Assert.AreEqual("esp32-devkitc", IdentityFile.Load(new NativeCrc32()).BoardId);
        chip.Flash.Put(IdentityFile.Location, [.. Content("esp32-devkitc"), .. new byte[1000]]);
        Assert.IsFalse(IdentityFile.Load(new NativeCrc32()).IsIntact, "longer than allowed");
        chip.Flash.Put(IdentityFile.Location, Content("esp32-devkitc"));
        chip.AtCall(VendorCall.FileRead, 2, () => throw new IOException("as ordered"));
        Assert.IsFalse(IdentityFile.Load(new NativeCrc32()).IsIntact);
        chip.Flash.Format();
        Assert.IsFalse(IdentityFile.Load(new NativeCrc32()).IsIntact);
    }

    /// <summary>The whole program on a board whose identity is wrong: it sleeps on and touches no pin.</summary>
    [TestMethod]
    [DataRow("ESP32_S3_OCTAL", "esp32-devkitc")]
    [DataRow("ESP32_S3_OCTAL", "no-such-board")]
    [DataRow("ESP32_C3", "")]
    public void Unknown_board_stays_safe_and_touches_no_pin(string target, string identity)
    {
        ChipBoard chip = new(new BoardOptions { TargetName = target });
        ChipBoard.Current = chip;
        if (identity.Length > 0)
        {
            chip.Flash.Put(IdentityFile.Location, Content(identity));
        }

        int pinCalls = 0;
        foreach (VendorCall call in new[] { VendorCall.PinMode, VendorCall.PinWrite, VendorCall.RmtCreate, VendorCall.Counter, VendorCall.SerialRead })
        {
            chip.AtCall(call, 1, () => pinCalls++);
        }

        chip.OnSleep = nowUs =>
        {
            if (nowUs > 60_000_000)
            {
                chip.PowerOff();
            }
        };
        Assert.ThrowsExactly<BoardHalted>(Program.Main);
        Assert.AreEqual(0, pinCalls);
        Assert.IsGreaterThan(50, chip.Sleeps);
        Assert.AreEqual(0, chip.Restarts);
    }

    [TestMethod]
    [DataRow("COM2")]
    [DataRow("COM3")]
    public void Other_ports_than_the_debuggers_are_always_free_and_work_on_the_pins_of_the_profile(string name)
    {
        ChipBoard chip = new(new BoardOptions { Chip = ChipKind.Esp32, LinkTxPin = 17, LinkRxPin = 16 });
        ChipBoard.Current = chip;
        Assert.IsTrue(LinkPort.IsAvailable(name));
        LinkPort link = new(name, 17, 16);
        chip.SerialIn([1, 2, 3]);
        Assert.IsTrue(link.Write([7, 8], 2));
        Pause.SleepMs(10);
        Assert.AreEqual(3, link.Read(new byte[8]));
        Assert.AreEqual(2, chip.SerialOut(new byte[8]));
    }

    [TestMethod]
    [DataRow(ChipKind.Esp32S3, true, true)]
    [DataRow(ChipKind.Esp32S3, false, false)]
    [DataRow(ChipKind.Esp32, true, false)]
    public void Com1_is_ours_only_where_the_debugger_sits_on_usb(ChipKind kind, bool usb, bool expected)
    {
        ChipBoard.Current = new(new BoardOptions { Chip = kind, UsbEnumerated = usb });
        Assert.AreEqual(expected, LinkPort.IsAvailable("COM1"));
    }

    private static void AssertNone(byte[] content, string why)
    {
        IdentityFile file = Parse(content);
        Assert.IsFalse(file.IsIntact, why);
        Assert.IsEmpty(file.BoardId, why);
        CollectionAssert.AreEqual(new byte[16], file.Uid, why);
    }

    private static IdentityFile Parse(byte[] content)
    {
        ChipBoard.Current = new();
        return IdentityFile.Of(content, content.Length, new NativeCrc32());
    }

    /// <summary>As docs and flashing write it; the CRC-32 by another implementation.</summary>
    private static byte[] Content(string board)
    {
        byte[] lines = Encoding.ASCII.GetBytes($"escapement 1\nboard {board}\nuid {Uid}\n");
        return [.. lines, .. Encoding.ASCII.GetBytes($"crc {Crc(lines):x8}\n")];
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
