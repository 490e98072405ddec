using Escapement.Fit;
using Escapement.Fit.Opcodes;

namespace Escapement.Link.Tests;

/// <summary>What the link costs the interpreter, counted by running an instrumented copy. A board takes 1 to 5 us an opcode.</summary>
[TestClass]
[DoNotParallelize]
public sealed class OpcodeTests
{
    private static OpcodeCounter? _counter;
    private static Type? _owner;

    public required TestContext TestContext { get; set; }

    [ClassInitialize]
    public static void Instrument(TestContext _)
    {
        _counter = OpcodeCounter.InstrumentFirmware(RepositoryRoot.Find());
        _owner = _counter.LoadAlongside(typeof(Quiet).Assembly.Location).GetType(typeof(Quiet).FullName!);
    }

    [ClassCleanup]
    public static void Unload() => _counter?.Dispose();

    [TestMethod]
    public void An_idle_pass_costs_at_most_200_opcodes() =>
        AssertCost(200, "idle pass", link =>
        {
            link.Pass(10_000);
            link.Take();
        });

    [TestMethod]
    public void A_lease_renewal_and_its_reply_cost_at_most_2200_opcodes() =>
        AssertCost(2_200, "command of 54 bytes with its reply", link => link.Exchange(SpecFrame.WriteRequest(RegisterAddress.Lease, 4, new byte[48])));

    [TestMethod]
    public void An_upload_part_and_its_reply_cost_at_most_2600_opcodes() =>
        AssertCost(2_600, "upload part of 74 bytes with its reply", link => link.Exchange(SpecFrame.WriteRequest(RegisterAddress.UploadChunk, 1, new byte[68])));

    [TestMethod]
    public void A_status_event_costs_at_most_1200_opcodes() =>
        AssertCost(1_200, "status event of 76 bytes", link =>
        {
            link.Event(RegisterAddress.Status);
            link.Take();
        });

    [TestMethod]
    public void The_worst_garbage_costs_at_most_150_opcodes_a_byte() =>
        AssertCost(150 * 510, "510 bytes of which each second begins a frame of the greatest reach", link =>
            link.Feed([.. Enumerable.Range(0, 510).Select(i => (byte)(i % 2 == 0 ? 1 : 126))]));

    private void AssertCost(long bound, string what, Action<CountedLink> action)
    {
        var link = new CountedLink(_counter!);
        action(link); // tables are made at first use
        _counter!.Reset();
        action(link);
        long opcodes = _counter.Read();
        TestContext.WriteLine($"{what}: {opcodes} opcodes");
        Assert.IsGreaterThan(0, opcodes);
        Assert.IsLessThanOrEqualTo(bound, opcodes, what);
    }

    /// <summary>The instrumented endpoint, by name.</summary>
    private sealed class CountedLink
    {
        private readonly byte[] _port = new byte[128];
        private readonly Func<byte[], int, long, int> _receive;
        private readonly Action<long> _pass;
        private readonly Func<int, long, bool> _event;
        private readonly Func<byte[], int> _take;

        public CountedLink(OpcodeCounter counter)
        {
            var type = counter.Type("Escapement.Link.HarpEndpoint");
            object endpoint = Activator.CreateInstance(type, Activator.CreateInstance(_owner!))!;
            _receive = type.GetMethod("Receive")!.CreateDelegate<Func<byte[], int, long, int>>(endpoint);
            _pass = type.GetMethod("Pass")!.CreateDelegate<Action<long>>(endpoint);
            _event = type.GetMethod("QueueEvent")!.CreateDelegate<Func<int, long, bool>>(endpoint);
            _take = type.GetMethod("TakeOutput")!.CreateDelegate<Func<byte[], int>>(endpoint);
            Exchange(SpecFrame.WriteRequest(RegisterAddress.OperationControl, 1, 1));
        }

        public void Pass(long nowUs) => _pass(nowUs);

        public void Take() => _take(_port);

        public void Event(int address) => Assert.IsTrue(_event(address, 10_000));

        public void Feed(byte[] bytes) => Assert.AreEqual(bytes.Length, _receive(bytes, bytes.Length, 10_000));

        public void Exchange(SpecFrame request)
        {
            Feed(request.Encode());
            Assert.IsGreaterThan(0, _take(_port));
        }
    }
}
