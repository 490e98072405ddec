using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>A host that does anything at any time, with contacts, pauses and noise: what leaves is always planned, gated and within the ceilings.</summary>
[TestClass]
public class AnyHostTests
{
    [TestMethod]
    [DataRow(1), DataRow(2), DataRow(3), DataRow(4), DataRow(5), DataRow(6), DataRow(7), DataRow(8), DataRow(9), DataRow(10), DataRow(11), DataRow(12), DataRow(13), DataRow(14), DataRow(15), DataRow(16)]
    public void Nothing_leaves_but_what_a_running_session_plans(int seed)
    {
        Random random = new(seed);
        Bench bench = new(prepare: board => board.TimeUs = (1L << (30 + (seed % 4))) - 20_000_000);
        bench.Connect();
        byte[][] programs = [Programs.ShortBursts, Programs.Repeats(0, 100, (30, 25_000)), Programs.Repeats(1, 10, (40, 301_000), (1, 0)), Programs.Repeats(2, 999, (3, 900_000), (4, 310_000), (4, 50_000 / 3))];
        List<(long From, long Until)> running = [];
        List<byte[]> sent = [];
        int known = 0, started = 0, done = 0;
        int before = bench.State;
        for (int step = 0; step < 12_000; step++)
        {
            Act(bench, random, programs, sent);
            long from = bench.Now;
            bench.Pass(random.Next(2000) == 0 ? random.Next(300_000) : 10_000);
            int now = bench.State;
            started += now == SupervisorState.Running && before == SupervisorState.Armed ? 1 : 0;
            done += now == SupervisorState.Done && before != SupervisorState.Done ? 1 : 0;
            for (; known < bench.Board.Edges.Count; known++)
            {
                Assert.IsTrue(before == SupervisorState.Running || now == SupervisorState.Running, $"seed {seed}, step {step}: a pulse in state {before} > {now}");
            }

            if (now is not SupervisorState.Running)
            {
                Assert.IsFalse(bench.Board.IsLatched, $"seed {seed}, step {step}: gate open in state {now}");
            }

            if (before is SupervisorState.Fault or SupervisorState.EmergencyStop)
            {
                Assert.IsTrue(now is SupervisorState.Fault or SupervisorState.EmergencyStop or SupervisorState.Idle);
            }

            before = now;
        }

        long[] edges = [.. bench.Board.Edges.Select(edge => edge.TimeUs)];
        foreach ((int windowUs, int most) in new[] { (1_000 - 60, 1), (50_000, 4), (1_000_000, 50), (5_000_000, 150) })
        {
            for (int i = most; i < edges.Length; i++)
            {
                Assert.IsGreaterThanOrEqualTo(windowUs - 1_100, edges[i] - edges[i - most], $"seed {seed}: {most + 1} pulses in {windowUs} us");
            }
        }

        Assert.IsGreaterThan(0, started, $"seed {seed}: nothing was ever started");
        Console.WriteLine($"seed {seed}: {started} started, {done} done, {edges.Length} pulses, {bench.Frames.Count(f => f.Address == RegisterAddress.Faults)} fault events");
    }

    private static void Act(Bench bench, Random random, byte[][] programs, List<byte[]> sent)
    {
        if (bench.Board.InputLevels != InputBits.Levels && random.Next(30) == 0)
        {
            // A channel that opened alone counts as tested again only when both were pressed.
            int stops = bench.Board.InputLevels & InputBits.EmergencyStops;
            bench.Board.InputLevels = stops is 0 or InputBits.EmergencyStops ? InputBits.Levels : bench.Board.InputLevels & ~InputBits.EmergencyStops;
        }

        bench.RenewLease = bench.RenewLease ? random.Next(3000) != 0 : random.Next(100) == 0;
        if (random.Next(15) != 0)
        {
            return;
        }

        uint digest = bench.Seen.ContainsKey(RegisterAddress.Digest) ? bench.U32(RegisterAddress.Digest, 0) : 0;
        long challenge = bench.Seen.ContainsKey(RegisterAddress.Challenge) ? bench.U64(RegisterAddress.Challenge, 0) : 0;
        int what = random.Next(100);
        if (what < 25)
        {
            Advance(bench, random, programs, digest, challenge);
        }
        else if (what < 26)
        {
            bench.Write(RegisterAddress.Stop, 1, 1);
        }
        else if (what < 29)
        {
            bench.Write(RegisterAddress.Hold, 1, 1);
        }
        else if (what < 30)
        {
            bench.Write(RegisterAddress.Disarm, 1, 1);
        }
        else if (what < 31)
        {
            bench.Board.InputLevels &= ~(1 << random.Next(6));
        }
        else if (what < 32)
        {
            bench.Write(RegisterAddress.OperationControl, 1, random.Next(2) == 0 ? (byte)0xE4 : (byte)0xF5);
        }
        else if (what < 36)
        {
            bench.Write(RegisterAddress.OperationControl, 1, 0xE5);
        }
        else if (what < 40)
        {
            byte[] noise = new byte[random.Next(300)];
            random.NextBytes(noise);
            bench.Board.Feed(noise);
        }
        else if (what < 44)
        {
            bench.SendCommand(RegisterAddress.Start + random.Next(-7, 3), bench.Now + random.Next(-3_000_000, 1000), (uint)random.Next(), digest, digest);
        }
        else if (what < 45)
        {
            bench.Nonce = (uint)random.Next(1, 4);
        }
    }

    // What a host that means well does next.
    private static void Advance(Bench bench, Random random, byte[][] programs, uint digest, long challenge)
    {
        switch (bench.State)
        {
            case SupervisorState.Idle or SupervisorState.Done:
                byte[] program = programs[random.Next(programs.Length)];
                for (int at = 0; at < program.Length; at += 64)
                {
                    byte[] part = new byte[68];
                    int count = Math.Min(64, program.Length - at);
                    part[0] = (byte)at;
                    part[2] = (byte)count;
                    program.AsSpan(at, count).CopyTo(part.AsSpan(4));
                    bench.Write(RegisterAddress.UploadChunk, 1, part);
                }

                if (random.Next(4) == 0)
                {
                    bench.SendCommand(RegisterAddress.Limits, bench.Now, (uint)random.Next(500, 2000));
                }

                bench.SendCommand(RegisterAddress.Seal, bench.Now, (uint)program.Length, FakeBoard.Crc(program, 0, program.Length));
                break;
            case SupervisorState.Loaded when challenge == 0:
                bench.SendCommand(RegisterAddress.RequestChallenge, bench.Now);
                break;
            case SupervisorState.Loaded:
                bench.SendCommand(RegisterAddress.Arm, bench.Now, (uint)challenge, (uint)(challenge >> 32), digest, random.Next(8) == 0 ? 1u : 0u);
                break;
            case SupervisorState.Armed:
                bench.SendCommand(RegisterAddress.Start, bench.Now, digest);
                break;
            case SupervisorState.Held:
                bench.SendCommand(RegisterAddress.Resume, bench.Now, digest);
                break;
            case SupervisorState.Fault or SupervisorState.EmergencyStop:
                bench.SendCommand(RegisterAddress.Clear, bench.Now, bench.Faults);
                break;
            default:
                break;
        }
    }
}
