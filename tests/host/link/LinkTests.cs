using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Escapement.Host.Tests.Protocols;
using Escapement.Link;

namespace Escapement.Host.Tests;

[TestClass]
public class LinkTests
{
    [TestMethod]
    public void Crc32_has_the_published_check_value_and_fits_a_bitwise_one_however_it_is_split()
    {
        Assert.AreEqual(0xCBF43926u, Crc32.Of(Encoding.ASCII.GetBytes("123456789")));
        Check.Sample(Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 200]), (bytes, at) =>
        {
            int cut = Math.Min(at, bytes.Length);
            var crc = new Crc32();
            crc.Add(bytes.AsSpan(0, cut));
            crc.Add(bytes.AsSpan(cut));
            Assert.AreEqual(FakeBoard.Crc(bytes), crc.Value);
        });
    }

    [TestMethod]
    public void The_register_map_inside_the_host_is_the_sources_byte_for_byte()
    {
        byte[] source = File.ReadAllBytes(Path.Combine(TestFolder.RepositoryRoot, "firmware", "link", "device.yml"));
        Assert.IsTrue(DeviceInterface.Yaml.SequenceEqual(source));
        Assert.AreEqual(Convert.ToHexStringLower(SHA1.HashData(source)), DeviceInterface.Sha1);
        Assert.AreEqual(DeviceInterface.Sha1, Convert.ToHexStringLower([.. LinkIdentity.InterfaceHash.Reverse()]));
    }

    [TestMethod]
    public void Every_name_of_the_register_map_is_known_to_the_host()
    {
        string yaml = Encoding.UTF8.GetString(DeviceInterface.Yaml);
        foreach ((uint mask, string group) in Enumerable.Range(0, 32).SelectMany(bit => new[] { (1u << bit, "InhibitFlags:"), (1u << bit, "FaultFlags:") }))
        {
            NamedReason named = group == "FaultFlags:" ? BoardNames.Faults(mask)[0] : BoardNames.Inhibits(mask)[0];
            string section = yaml[yaml.LastIndexOf("  " + group, StringComparison.Ordinal)..];
            bool isInMap = section.Split("\n  ").TakeWhile((line, index) => index == 0 || line.StartsWith(' ')).Any(line => line.Contains($"{{value: 0x{mask:X},", StringComparison.Ordinal));
            Assert.AreEqual(!isInMap, named.Name.StartsWith("Bit", StringComparison.Ordinal), $"{group} {mask:X}");
        }

        for (int result = 0; result < 12; result++)
        {
            Assert.Contains($"{BoardNames.Result(result)}: {{value: {result},", yaml);
        }
    }

    [TestMethod]
    public void A_command_is_laid_out_as_the_register_map_says()
    {
        byte[] payload = HarpFrames.Command(74, 0x01020304, 0xA0B0C0D0, 0x1122334455667788, 1, 2, 3, 4);
        Assert.HasCount(48, payload);
        uint Word(int i) => BitConverter.ToUInt32(payload, i * 4);
        CollectionAssert.AreEqual(
            new uint[] { 1, 0x01020304, 0xA0B0C0D0, 1, 2, 3, 4, 0, 0, 0x55667788, 0x11223344, FakeBoard.Crc([74, .. payload.AsSpan(0, 44)]) },
            Enumerable.Range(0, 12).Select(Word).ToArray());
    }

    [TestMethod]
    public void Addresses_of_other_machines_are_refused_and_nonsense_too()
    {
        string[] bad = ["8.8.8.8:1", "example.org:80", "192.168.0.1:5000", "0.0.0.0:1", "x", "", "localhost", "localhost:", "localhost:0", "localhost:65536", "localhost:-1", "127.0.0.1:1e3", "[fe80::1]:2"];
        foreach (string address in bad)
        {
            InputException error = Assert.ThrowsExactly<InputException>(() => TcpTransport.Parse(address), address);
            Assert.IsTrue(error.Message.Contains(';', StringComparison.Ordinal), error.Message);
        }

        Assert.AreEqual(new IPEndPoint(IPAddress.Loopback, 4000), TcpTransport.Parse("4000"));
        Assert.AreEqual(new IPEndPoint(IPAddress.Loopback, 4000), TcpTransport.Parse("localhost:4000"));
        Assert.AreEqual(new IPEndPoint(IPAddress.IPv6Loopback, 4000), TcpTransport.Parse("[::1]:4000"));
    }

    [TestMethod]
    public void Tcp_carries_bytes_both_ways_and_says_when_the_board_has_gone()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using TcpTransport transport = TcpTransport.Connect($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        byte[] buffer = new byte[16];
        Assert.AreEqual(0, transport.Read(buffer));
        using (Socket board = listener.AcceptSocket())
        {
            transport.Write([1, 2, 3]);
            Assert.AreEqual(3, board.Receive(buffer));
            board.Send([4, 5]);
            Assert.IsTrue(transport.WaitReadable(TimeSpan.FromSeconds(30)));
            Assert.AreEqual(2, transport.Read(buffer));
            Assert.AreEqual(4, buffer[0]);
        }

        Assert.IsTrue(transport.WaitReadable(TimeSpan.FromSeconds(30)));
        Assert.Contains("closed the connection", Assert.ThrowsExactly<TransportException>(() => transport.Read(buffer)).Message);
    }

    [TestMethod]
    public void Nobody_listening_is_a_sentence_with_advice()
    {
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Assert.Contains("escapement virtual --tcp", Assert.ThrowsExactly<TransportException>(() => TcpTransport.Connect($"127.0.0.1:{port}")).Message);
    }

    [TestMethod]
    public void A_port_that_is_not_there_a_directory_and_a_file_are_each_told_apart()
    {
        using var folder = new TestFolder();
        string there = folder.Write("file", "x");
        Assert.Contains("There is no serial port", Assert.ThrowsExactly<TransportException>(() => SerialTransport.Open(OperatingSystem.IsWindows() ? "COM251" : "/dev/ttyNOBODY7")).Message);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains("is a directory", Assert.ThrowsExactly<TransportException>(() => SerialTransport.Open(folder.Path)).Message);
            Assert.Contains("is not a serial port", Assert.ThrowsExactly<TransportException>(() => SerialTransport.Open(there)).Message);
        }
    }

    [TestMethod]
    public void The_monitor_reads_and_never_writes()
    {
        var board = new FakeBoard { State = 8, FaultBits = 0x1 };
        var line = new FakeLine(board);
        var readings = new List<BoardReading>();
        var monitor = new BoardMonitor(line, 5, 100_000) { Reading = readings.Add };
        for (long nowUs = 0; !monitor.IsFinished && nowUs < 10_000_000; nowUs += FakeBoard.PassUs)
        {
            line.Pass(nowUs);
            while (monitor.Step(nowUs))
            {
            }
        }

        Assert.HasCount(5, readings);
        Assert.IsNull(monitor.Problem);
        Assert.AreEqual(0, board.WritesSeen);
        Assert.Contains("StartLate", readings[0].ToJson());
    }

    [TestMethod]
    public void The_monitor_says_what_is_wrong_with_the_other_end()
    {
        foreach ((FakeBoard board, string words, int exit) in new[]
        {
            (new FakeBoard { IsSilent = true }, "Nothing answers", 5),
            (new FakeBoard { IsOtherHarpDevice = true }, "not an Escapement board", 5),
            (new FakeBoard { InterfaceVersion = 9 }, "register map: the board has version 9", 3),
        })
        {
            var line = new FakeLine(board);
            var monitor = new BoardMonitor(line, 5, 100_000);
            for (long nowUs = 0; !monitor.IsFinished && nowUs < 60_000_000; nowUs += FakeBoard.PassUs)
            {
                line.Pass(nowUs);
                monitor.Step(nowUs);
            }

            Assert.Contains(words, monitor.Problem!);
            Assert.AreEqual(exit, monitor.ExitCode);
        }
    }
}
