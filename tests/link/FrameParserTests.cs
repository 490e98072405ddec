using CsCheck;

namespace Escapement.Link.Tests;

[TestClass]
public sealed class FrameParserTests
{
    private const int Reach = HarpFrame.MaxBytes;
    private static readonly byte[] Good = SpecFrame.WriteRequest(60, 1, 1).Encode();

    [TestMethod]
    public void Any_bytes_in_any_chunks_give_what_a_scan_of_the_whole_gives() =>
        Gen.Select(Gens.Garbage, Gens.Frame, Gens.Garbage, Gens.Frame, Gens.Garbage, Gens.Chunks).Sample((a, f, b, g, c, chunks) =>
        {
            byte[] data = [.. a, .. f.Encode(), .. b, .. g.Encode(), .. c];
            var found = Parsing.FeedAll(new FrameParser(), data, chunks);
            return found.SequenceEqual(SpecFrame.Scan(data));
        }, iter: 40_000);

    [TestMethod]
    public void Every_good_frame_between_garbage_that_begins_none_is_found() =>
        Gen.Select(Gens.HarmlessGarbage, Gens.Frame, Gens.HarmlessGarbage, Gens.Frame, Gens.HarmlessGarbage, Gens.Chunks).Sample((a, f, b, g, c, chunks) =>
        {
            var parser = new FrameParser();
            byte[] data = [.. a, .. f.Encode(), .. b, .. g.Encode(), .. c];
            var found = Parsing.FeedAll(parser, data, chunks);
            return found.SequenceEqual([f, g]) && parser.FramesGood == 2 && parser.BytesSkipped == a.Length + b.Length + c.Length
                && parser.ChecksumErrors == 0 && parser.HalfFrames == 0;
        }, iter: 20_000);

    [TestMethod]
    public void After_any_garbage_a_good_frame_is_found_once_the_reach_of_a_length_field_has_passed() =>
        Gen.Select(Gens.Garbage, Gens.Chunks).Sample((garbage, chunks) =>
        {
            // Bytes that begin no frame stand for the reach: whatever the garbage promised is over by then.
            byte[] data = [.. garbage, .. Enumerable.Repeat((byte)0xFF, Reach), .. Good];
            return Parsing.FeedAll(new FrameParser(), data, chunks).LastOrDefault() is { Address: 60, Type: 2 };
        }, iter: 20_000);

    [TestMethod]
    public void Bytes_in_one_chunk_or_many_give_the_same_counters() =>
        Gen.Select(Gens.Garbage.Array[0, 12], Gens.Frame.Array[0, 6], Gens.Chunks).Sample((garbage, frames, chunks) =>
        {
            byte[] data = [.. garbage.SelectMany(g => g), .. frames.SelectMany(f => f.Encode())];
            FrameParser one = new(), many = new();
            Parsing.FeedAll(one, data, [100_000]);
            Parsing.FeedAll(many, data, chunks);
            return (one.FramesGood, one.BytesSkipped, one.ChecksumErrors, one.HalfFrames) == (many.FramesGood, many.BytesSkipped, many.ChecksumErrors, many.HalfFrames);
        }, iter: 5_000);

    [TestMethod]
    public void Every_byte_belongs_to_a_good_frame_or_is_counted_as_skipped() =>
        Gen.Byte.Array[0, 3000].Select(Gens.Chunks).Sample((data, chunks) =>
        {
            var parser = new FrameParser();
            int inFrames = Parsing.FeedAll(parser, data, chunks).Sum(f => f.Encode().Length);
            return inFrames + parser.BytesSkipped == data.Length && parser.Room == FrameParser.Capacity;
        }, iter: 2_000);

    [TestMethod]
    public void A_flipped_bit_never_gives_a_frame_that_its_checksum_does_not_prove() =>
        Gen.Select(Gens.Frame, Gen.Int[0, 127], Gen.Int[0, 7]).Sample((frame, at, bit) =>
        {
            byte[] data = frame.Encode();
            data[at % data.Length] ^= (byte)(1 << bit);
            return Parsing.FeedAll(new FrameParser(), data, [7]).All(f => f != frame);
        }, iter: 20_000);

    [TestMethod]
    public void A_good_frame_directly_behind_a_wrong_checksum_is_found()
    {
        byte[] bad = SpecFrame.WriteRequest(74, 4, new byte[48]).Encode();
        bad[^1]++;
        var parser = new FrameParser();
        Assert.AreEqual(SpecFrame.WriteRequest(60, 1, 1), Parsing.Feed(parser, [.. bad, .. Good], 0).Single());
        Assert.AreEqual(1u, parser.ChecksumErrors);
        Assert.AreEqual((uint)bad.Length, parser.BytesSkipped);
    }

    [TestMethod]
    public void A_good_frame_inside_the_reach_of_a_broken_length_field_is_found_after_the_time_out()
    {
        byte[] bad = [0x02, 126, 64, 0xFF, 0x01];
        var parser = new FrameParser();
        Assert.IsEmpty(Parsing.Feed(parser, [.. bad, .. Good], 1_000));
        parser.Expire(50_999);
        Assert.IsEmpty(Parsing.Drain(parser), "Still inside the time-out.");
        parser.Expire(51_000);
        Assert.AreEqual(60, Parsing.Drain(parser).Single().Address);
        Assert.AreEqual(1u, parser.HalfFrames);
        Assert.AreEqual((uint)bad.Length, parser.BytesSkipped);
    }

    [TestMethod]
    public void A_half_frame_is_given_up_50_ms_after_its_last_byte_and_not_after_its_first()
    {
        var parser = new FrameParser();
        for (int i = 0; i < Good.Length - 1; i++)
        {
            long nowUs = i * 49_999L;
            parser.Expire(nowUs);
            Assert.IsEmpty(Parsing.Feed(parser, Good.AsSpan(i, 1), nowUs));
        }

        Assert.HasCount(1, Parsing.Feed(parser, Good.AsSpan(Good.Length - 1), (Good.Length - 2) * 49_999L + 49_999));
        Assert.AreEqual(0u, parser.HalfFrames);
    }

    [TestMethod]
    public void Bytes_that_came_during_a_pause_of_the_caller_complete_their_frame()
    {
        var parser = new FrameParser();
        Parsing.Feed(parser, Good.AsSpan(0, 3), 0);
        Assert.HasCount(1, Parsing.Feed(parser, Good.AsSpan(3), 150_000));
    }

    [TestMethod]
    public void Headers_that_no_frame_can_have_move_on_at_once()
    {
        // Message types that Harp does not know, lengths too short for a frame or for a timestamp, and beyond this device's 128 bytes.
        byte[][] impossible = [[0x00, 4], [0x04, 4], [0x08, 4], [0x0C, 4], [0x11, 4], [0x21, 4], [0x81, 4], [0xFF, 4], [1, 3], [1, 0], [1, 127], [1, 255], [1, 9, 0, 0xFF, 0x11]];
        foreach (byte[] start in impossible)
        {
            var parser = new FrameParser();
            byte[] padded = [.. start, .. Enumerable.Repeat((byte)0xF0, 5)];
            Assert.HasCount(1, Parsing.Feed(parser, [.. padded, .. Good], 0), Convert.ToHexString(start));
            Assert.AreEqual((uint)padded.Length, parser.BytesSkipped);
        }
    }

    [TestMethod]
    public void The_largest_frame_parses_and_one_byte_more_does_not()
    {
        byte[] largest = SpecFrame.WriteRequest(64, 1, new byte[122]).Encode();
        Assert.HasCount(128, largest);
        Assert.HasCount(1, Parsing.Feed(new FrameParser(), largest, 0));
        byte[] beyond = SpecFrame.WriteRequest(64, 1, new byte[123]).Encode();
        var parser = new FrameParser();
        Assert.IsEmpty(Parsing.Feed(parser, beyond, 0));
        Assert.AreEqual((uint)beyond.Length, parser.BytesSkipped);
    }

    [TestMethod]
    public void A_full_parser_takes_no_more_and_loses_nothing()
    {
        var parser = new FrameParser();
        byte[] flood = [.. Enumerable.Range(0, 200).SelectMany(_ => Good)];
        int taken = parser.Accept(flood, 0, flood.Length, 0);
        Assert.AreEqual(FrameParser.Capacity, taken);
        Assert.AreEqual(0, parser.Accept(flood, taken, flood.Length - taken, 0));
        var found = Parsing.Drain(parser);
        found.AddRange(Parsing.Feed(parser, flood.AsSpan(taken), 0));
        Assert.HasCount(200, found);
        Assert.AreEqual(0u, parser.BytesSkipped);
    }

    [TestMethod]
    public void A_range_outside_the_array_is_not_taken()
    {
        var parser = new FrameParser();
        Assert.AreEqual(0, parser.Accept(new byte[4], 2, 3, 0));
        Assert.AreEqual(0, parser.Accept(new byte[4], -1, 2, 0));
        Assert.AreEqual(0, parser.Accept(new byte[4], 0, -1, 0));
        Assert.AreEqual(FrameParser.Capacity, parser.Room);
    }

    [TestMethod]
    public void The_worst_garbage_costs_no_more_than_its_length()
    {
        // Every byte begins a candidate of the greatest reach. With a sum per candidate this took 128 additions a byte.
        byte[] worst = [.. Enumerable.Range(0, 64 * 1024).Select(i => (byte)(i % 2 == 0 ? 1 : 126))];
        var parser = new FrameParser();
        Parsing.FeedAll(parser, worst, [512]);
        Assert.AreEqual((uint)worst.Length, parser.BytesSkipped + 128 * parser.FramesGood);
    }
}
