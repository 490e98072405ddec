using CsCheck;
using Escapement.Fit;
using Escapement.Fit.Registers;

namespace Escapement.Link.Tests;

/// <summary>Random traffic against a model of the device that is written from Device.md, in dictionaries.</summary>
[TestClass]
public sealed class EndpointModelTests
{
    private static readonly IReadOnlyList<Register> Map = new RegisterGenerator(RepositoryRoot.Find()).Registers;

    private static readonly Gen<SpecFrame> Request =
        from register in Gen.Int[0, Map.Count - 1].Select(i => Map[i])
        from address in Gen.Frequency((12, Gen.Const(register.Address)), (1, Gen.Int[0, 255]))
        from write in Gen.Bool
        from payloadType in Gen.Frequency((9, Gen.Const(register.PayloadType)), (1, Gen.Int[0, Gens.PayloadTypes.Length - 1].Select(i => Gens.PayloadTypes[i])))
        from length in Gen.Frequency((9, Gen.Const(write ? register.Bytes : 0)), (1, Gen.Int[0, 116]))
        from payload in Gen.Byte.Array[length]
        from stamped in Gen.Int[0, 7]
        from odd in Gen.Int[0, 30]
        select new SpecFrame(odd == 0 ? SpecFrame.Event : write ? SpecFrame.Write : SpecFrame.Read, odd == 1, address, odd == 2 ? 3 : 0xFF,
            payloadType, stamped == 0 ? (12, 34) : null, payload);

    [TestMethod]
    public void Random_requests_are_answered_as_the_model_answers() =>
        Request.Select(Gen.Long[0, 700_000]).Array[1, 60].Sample(steps =>
        {
            var bench = new Bench();
            var model = new Model();
            foreach (var (request, waitUs) in steps)
            {
                bench.NowUs += waitUs;
                var expected = model.Answer(request, bench.NowUs);
                var actual = bench.Send(request);
                Assert.IsTrue(expected is null ? actual.Count == 0 : actual.SequenceEqual([expected]),
                    $"{request}\n expected {expected}\n actual {string.Join("; ", actual)}");
                bench.Pass(0); // a dump or a heartbeat may leave here: not the model's business
            }
        }, iter: 4_000);

    [TestMethod]
    public void A_flipped_bit_changes_no_state() =>
        Gen.Select(Request, Gen.Int[0, 127], Gen.Int[0, 7]).Sample((request, at, bit) =>
        {
            // One flipped bit always breaks the sum, so nothing may come of it unless garbage proves another frame.
            byte[] data = request.Encode();
            data[at % data.Length] ^= (byte)(1 << bit);
            var bench = new Bench();
            byte[] before = bench.Endpoint.Registers.Store.ToArray();
            bench.Endpoint.Receive(data, data.Length, bench.NowUs);
            var output = bench.Pass(60_000);
            if (SpecFrame.Scan(data).Count == 0)
            {
                Assert.IsEmpty(output);
                Assert.IsEmpty(bench.Owner.Writes);
                CollectionAssert.AreEqual(before, bench.Endpoint.Registers.Store);
            }
        }, iter: 20_000);

    [TestMethod]
    public void Random_bytes_reach_the_owner_only_as_frames_that_a_scan_proves() =>
        Gen.Select(Gens.Garbage, Request, Gens.Garbage, Request, Gens.Chunks).Sample((a, first, b, second, chunks) =>
        {
            byte[] data = [.. a, .. first.Encode(), .. b, .. second.Encode()];
            var bench = new Bench();
            for (int at = 0, k = 0; at < data.Length; k++)
            {
                byte[] chunk = data[at..Math.Min(data.Length, at + chunks[k % chunks.Length])];
                at += bench.Endpoint.Receive(chunk, chunk.Length, bench.NowUs);
                bench.Pass(1_000);
            }

            bench.Pass(60_000);
            var model = new Model();
            foreach (var frame in SpecFrame.Scan(data))
            {
                model.Answer(frame, 0);
            }

            CollectionAssert.AreEqual(model.Written, bench.Owner.Writes.Select(w => w.Address).ToList());
        }, iter: 20_000);

    [TestMethod]
    public void Traffic_allocates_nothing()
    {
        var endpoint = new HarpEndpoint(new Quiet());
        byte[] traffic = [.. Map.SelectMany(r => SpecFrame.ReadRequest(r.Address, r.PayloadType).Encode()
            .Concat(r.Address is 11 ? [] : SpecFrame.WriteRequest(r.Address, r.PayloadType, r.Address == 10 ? [0x89] : new byte[r.Bytes]).Encode())
            .Concat(SpecFrame.ReadRequest(r.Address, 0x44).Encode())
            .Concat(new byte[] { 1, 4, 2, 40, 0xFF }))];
        var chunk = new byte[100];
        var port = new byte[128];
        long nowUs = 0;
        void Run()
        {
            for (int at = 0; at < traffic.Length;)
            {
                int count = Math.Min(chunk.Length, traffic.Length - at);
                Array.Copy(traffic, at, chunk, 0, count);
                at += endpoint.Receive(chunk, count, nowUs += 10_000);
                endpoint.QueueEvent(RegisterAddress.Status, nowUs);
                endpoint.Pass(nowUs);
                endpoint.TakeOutput(port);
            }
        }

        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            Run();
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private sealed class Model
    {
        private readonly Dictionary<int, byte[]> _content = Map.ToDictionary(r => r.Address, r => new byte[r.Bytes]);
        private uint _counted, _ignored, _errors;
        private long _offsetSeconds;
        private bool _locked, _reset;
        private int _control = 0xE4;

        public Model()
        {
            var fresh = new Bench();
            foreach (int address in new[] { 1, 2, 4, 5, 6, 7, 12, 19, 32 }) // constants; other tests hold their values
            {
                _content[address] = fresh.Read(address).Payload;
            }
        }

        public List<int> Written { get; } = [];

        public SpecFrame? Answer(SpecFrame request, long nowUs)
        {
            if (_reset)
            {
                return null;
            }

            _counted++;
            if (request.Type == SpecFrame.Event || request.Error || request.Port != 0xFF)
            {
                _ignored++;
                return null;
            }

            var register = Map.FirstOrDefault(r => r.Address == request.Address);
            bool good = register is not null && request.PayloadType == register.PayloadType;
            if (good && request.Type == SpecFrame.Write)
            {
                good = register!.CanWrite && request.Payload.Length == register.Bytes && Store(register, request.Payload, nowUs);
            }

            if ((_control & 0x10) != 0)
            {
                return null;
            }

            var stamp = ((uint)(nowUs / 1_000_000 + _offsetSeconds), (int)(nowUs % 1_000_000 / 32));
            bool carries = register is not null && (good || request.Type == SpecFrame.Write);
            var reply = new SpecFrame(request.Type, !good, request.Address, 0xFF, register?.PayloadType ?? request.PayloadType, stamp,
                carries ? Content(register!, stamp) : []);
            _errors += good ? 0u : 1u;
            return reply;
        }

        private bool Store(Register register, byte[] value, long nowUs)
        {
            switch (register.Address)
            {
                case 8:
                    _offsetSeconds = _locked ? _offsetSeconds : BitConverter.ToUInt32(value) - nowUs / 1_000_000;
                    return true;
                case 10 when (value[0] & 3) is 2 or 3:
                    return false;
                case 10:
                    _control = value[0] & 0xF7;
                    return true;
                case 11 when (value[0] & 0xF6) != 0:
                    return false;
                case 11:
                    _reset = value[0] != 0;
                    return true;
                case 14:
                    _locked = (value[0] & 0x80) != 0 || (_locked && (value[0] & 0x40) == 0);
                    return true;
                case < 32:
                    return true;
                default:
                    Written.Add(register.Address);
                    _content[register.Address] = value;
                    return true;
            }
        }

        private byte[] Content(Register register, (uint Seconds, int Ticks) now) => register.Address switch
        {
            8 => BitConverter.GetBytes(now.Seconds),
            9 => BitConverter.GetBytes((ushort)now.Ticks),
            10 => [(byte)_control],
            11 => [0x40],
            14 => [(byte)(_locked ? 0x80 : 0x40)],
            18 => [(byte)(_control & 1), 0],
            45 => [.. new uint[] { _counted, 0, 0, 0, _ignored, _errors, 0, 0 }.SelectMany(BitConverter.GetBytes)],
            _ => _content[register.Address],
        };
    }
}
