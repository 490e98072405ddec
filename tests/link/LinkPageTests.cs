using System.Text.RegularExpressions;
using Escapement.Fit;

namespace Escapement.Link.Tests;

/// <summary>The bytes that docs/link.md shows are bytes that the device takes and sends.</summary>
[TestClass]
public sealed partial class LinkPageTests
{
    private static readonly List<byte[]> Frames =
        [.. Hex().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs/link.md"))).Select(m => Convert.FromHexString(m.Value.Replace(" ", "")))];

    [TestMethod]
    public void Every_frame_on_the_page_is_one_whole_frame()
    {
        Assert.HasCount(5, Frames);
        foreach (byte[] frame in Frames)
        {
            Assert.IsNotNull(SpecFrame.Decode(frame, out int length), Convert.ToHexString(frame));
            Assert.HasCount(length, frame);
        }
    }

    [TestMethod]
    public void The_device_answers_the_pages_requests_as_the_page_says()
    {
        var bench = new Bench { NowUs = 5_000_064 };
        bench.Endpoint.Registers.SetU32(RegisterAddress.Identity, IdentityField.BoardId, 1);
        bench.Endpoint.Registers.SetU32(RegisterAddress.Identity, IdentityField.Flags, IdentityFlags.Virtual);
        CollectionAssert.AreEqual(Frames[1], bench.Ask(SpecFrame.Decode(Frames[0], out _)!).Encode());
        CollectionAssert.AreEqual(Frames[3], bench.Ask(SpecFrame.ReadRequest(200, 1)).Encode());
        bench.Ask(SpecFrame.Decode(Frames[2], out _)!);
        bench.Ask(SpecFrame.Decode(Frames[4], out _)!);
        CollectionAssert.AreEqual(new[] { RegisterAddress.Stop, RegisterAddress.Lease }, bench.Owner.Writes.Select(w => w.Address).ToArray());
    }

    [TestMethod]
    public void The_pages_command_is_laid_out_as_its_table_says()
    {
        var command = SpecFrame.Decode(Frames[4], out _)!;
        CollectionAssert.AreEqual(new uint[] { 1, 7, 0x12345678, 5_000_000, 0, 0, 0, 0, 0, 5_100_000, 0 }, Enumerable.Range(0, 11).Select(command.U32).ToArray());
        Assert.AreEqual(Crc32([70, .. command.Payload[..44]]), command.U32(11));
    }

    // IEEE 802.3, bit by bit.
    private static uint Crc32(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
            }
        }

        return ~crc;
    }

    [GeneratedRegex(@"(?m)^(?:[0-9A-F]{2} ){5,}[0-9A-F]{2}\b(?: [0-9A-F]{2}\b)*")]
    private static partial Regex Hex();
}
