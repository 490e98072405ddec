namespace Escapement.Host.Tests;

[TestClass]
public class SessionRunnerTests
{
    [TestMethod]
    public void A_session_runs_to_completed_and_counts_what_the_board_counted()
    {
        var bench = new Bench();
        SessionResult result = bench.Run();
        Assert.AreEqual(SessionVerdict.Completed, result.Verdict, result.Message);
        Assert.AreEqual(0, result.ExitCode);
        Assert.AreEqual(30, result.PulsesPlanned);
        Assert.AreEqual(30, result.PulsesCounted);
        Assert.AreEqual(30, result.PulsesRaw);
        Assert.HasCount(3, result.Trains);
        Assert.AreEqual(1000, result.StartBoundUs);
        Assert.AreEqual(2_100_000, result.DurationUs);
        Assert.AreEqual(1, bench.Board.StartsCarriedOut);
        Assert.AreEqual("esp32-s3-devkitc-1", result.Board!.Board);
        Assert.AreEqual(0u, bench.Board.LeaseHolder, "the lease is given back");
        Assert.AreEqual(0xE4, bench.Board.Mode, "the board is left in Standby");
    }

    [TestMethod]
    public void A_dry_run_counts_raw_pulses_only()
    {
        SessionResult result = new Bench(order: order => order with { Dry = true }).Run();
        Assert.AreEqual(SessionVerdict.Completed, result.Verdict, result.Message);
        Assert.AreEqual(0, result.PulsesCounted);
        Assert.AreEqual(30, result.PulsesRaw);
    }

    [TestMethod]
    public void The_lease_is_renewed_once_for_each_status_event_with_that_events_own_time()
    {
        var bench = new Bench();
        bench.Run();
        long[] sent = [.. bench.Board.StatusEventsUs];
        long[] echoed = [.. bench.Board.Renewals.Select(renewal => renewal.EchoUs)];
        CollectionAssert.IsSubsetOf(echoed, sent);
        CollectionAssert.AllItemsAreUnique(echoed.Skip(1).ToArray());
        Assert.IsGreaterThan(25, echoed.Length);
        Assert.IsTrue(bench.Board.Renewals.TrueForAll(renewal => renewal.NowUs - renewal.EchoUs <= 20_000 || renewal == bench.Board.Renewals[0]));
    }

    [TestMethod]
    public void An_application_that_stops_consuming_lets_the_lease_lapse()
    {
        var bench = new Bench();
        bool hung = false;
        while (!bench.Runner.IsFinished && bench.NowUs < 20_000_000)
        {
            bench.Line.Pass(bench.NowUs);
            hung |= bench.Board.State == 5 && bench.Board.Pulses >= 10;
            if (hung && bench.Board.State == 5)
            {
                bench.Skip();
                continue;
            }

            while (bench.Runner.Step(bench.NowUs))
            {
            }

            bench.Skip();
        }

        Assert.AreEqual(SessionVerdict.Faulted, bench.Runner.Result!.Verdict);
        Assert.AreEqual("LeaseLost", bench.Runner.Result.Faults[0].Name);
    }

    [TestMethod]
    public void Every_inhibit_reason_is_listed_with_its_name_its_sentence_and_its_cure()
    {
        for (int bit = 0; bit < 22; bit++)
        {
            uint mask = 1u << bit;
            if ((mask & (0x8000 | 0x20 | 0x2000 | 0x10000 | 0x20000 | 0x4000 | 0x80000 | 0x100000)) != 0)
            {
                continue;
            }

            SessionResult result = new Bench(new FakeBoard { Inhibits = mask | 0x8 | 0x4 }).Run();
            Assert.AreEqual(SessionVerdict.Refused, result.Verdict, result.Message);
            Assert.AreEqual(3, result.ExitCode);
            string name = BoardNames.Inhibits(mask)[0].Name;
            foreach (string expected in new[] { name, "KeyOff", "InterlockOpen" })
            {
                NamedReason reason = result.Inhibits.Single(found => found.Name == expected);
                Assert.IsGreaterThan(5, reason.Sentence.Length);
                Assert.Contains(reason.Cure, result.Message);
            }
        }
    }

    [TestMethod]
    public void A_refused_session_never_starts_and_gives_the_lease_back()
    {
        var bench = new Bench(new FakeBoard { Inhibits = 0x2 });
        SessionResult result = bench.Run();
        Assert.AreEqual(0, bench.Board.StartFrames);
        Assert.AreEqual(0u, bench.Board.LeaseHolder);
        Assert.IsFalse(result.Started);
        Assert.AreEqual(0, result.PulsesCounted);
    }

    [TestMethod]
    public void Full_history_after_power_up_is_waited_for()
    {
        var bench = new Bench(new FakeBoard { StaleHistoryUntilUs = 5_000_000 });
        Assert.AreEqual(SessionVerdict.Completed, bench.Run().Verdict);
        Assert.IsGreaterThan(8_000_000, bench.NowUs);
    }

    [TestMethod]
    public void A_reason_that_should_pass_and_does_not_is_refused_by_the_board()
    {
        SessionResult result = new Bench(new FakeBoard { Inhibits = 0x20 }).Run();
        Assert.AreEqual(SessionVerdict.Refused, result.Verdict);
        Assert.AreEqual("StimulatorNotReady", result.Inhibits.Single().Name);
    }

    [TestMethod]
    public void A_plan_that_turns_out_impossible_while_arming_is_refused()
    {
        SessionResult result = new Bench(new FakeBoard { FailsToArm = true }).Run();
        Assert.AreEqual(SessionVerdict.Refused, result.Verdict);
        Assert.AreEqual("PlanImpossible", result.Inhibits.Single().Name);
    }

    [TestMethod]
    public void A_program_that_the_board_refuses_is_refused_with_the_kernels_words()
    {
        SessionResult result = new Bench(new FakeBoard { ProgramError = 20 }).Run();
        Assert.AreEqual(3, result.ExitCode);
        Assert.Contains("Overlap", result.Message);
    }

    [TestMethod]
    public void Another_digest_than_the_hosts_own_is_refused()
    {
        var bench = new Bench(new FakeBoard { LiesAboutDigest = true });
        SessionResult result = bench.Run();
        Assert.AreEqual(3, result.ExitCode);
        Assert.AreEqual(0, bench.Board.StartFrames);
    }

    [TestMethod]
    public void Nobody_there_is_no_link()
    {
        SessionResult result = new Bench(new FakeBoard { IsSilent = true }).Run();
        Assert.AreEqual(5, result.ExitCode);
        Assert.AreEqual(SessionVerdict.Refused, result.Verdict);
        Assert.Contains("Nothing answers", result.Message);
    }

    [TestMethod]
    public void Another_harp_device_is_no_link_and_is_never_written_to()
    {
        foreach (FakeBoard board in new[] { new FakeBoard { IsOtherHarpDevice = true }, new FakeBoard { Magic = 0x12345678 } })
        {
            var bench = new Bench(board);
            SessionResult result = bench.Run();
            Assert.AreEqual(5, result.ExitCode);
            Assert.Contains("not an Escapement board", result.Message);
            Assert.AreEqual(0, board.WritesSeen);
        }
    }

    [TestMethod]
    public void A_device_that_babbles_is_no_link()
    {
        var board = new FakeBoard { IsSilent = true };
        var bench = new Bench(board);
        SessionResult result = bench.Run(eachPass: now => board.Out.Add([0x55, 0xAA, 0x00, 0x01]));
        Assert.AreEqual(5, result.ExitCode);
        Assert.Contains("not Harp", result.Message);
    }

    [TestMethod]
    public void A_board_whose_replies_another_program_muted_is_named_as_that()
    {
        // TIMESTAMP_SECOND, as a board in Active mode sends it every second: event, 5 bytes after the length field and the payload, U32 without time.
        byte[] heartbeat = [3, 8, 8, 255, 4, 1, 0, 0, 0, 0];
        heartbeat[^1] = (byte)heartbeat[..^1].Sum(one => one);
        var board = new FakeBoard { IsSilent = true };
        SessionResult result = new Bench(board).Run(eachPass: now => board.Out.Add(heartbeat));
        Assert.AreEqual(ExitCode.NoLink, result.ExitCode);
        Assert.Contains("muted", result.Message);
        Assert.DoesNotContain("not Harp", result.Message);
    }

    [TestMethod]
    public void Another_interface_version_or_hash_is_refused()
    {
        SessionResult version = new Bench(new FakeBoard { InterfaceVersion = 2 }).Run();
        Assert.AreEqual(3, version.ExitCode);
        SessionResult hash = new Bench(new FakeBoard { InterfaceHash = [.. Enumerable.Repeat((byte)9, 20)] }).Run();
        Assert.AreEqual(3, hash.ExitCode);
        Assert.Contains("device.yml", hash.Message);
        Assert.AreEqual(SessionVerdict.Completed, new Bench(new FakeBoard { InterfaceHash = new byte[20] }).Run().Verdict, "all zero means nothing to compare");
    }

    [TestMethod]
    public void A_lease_that_another_host_keeps_is_refused_and_one_that_lapses_is_taken()
    {
        var kept = new FakeBoard { LeaseHolder = 77, LeaseEndsUs = long.MaxValue };
        Assert.Contains("lease", new Bench(kept).Run().Message);
        var lapsing = new FakeBoard { LeaseHolder = 77, LeaseEndsUs = 900_000 };
        Assert.AreEqual(SessionVerdict.Completed, new Bench(lapsing).Run().Verdict);
    }

    [TestMethod]
    public void A_lease_that_lapses_before_the_start_is_taken_again_and_the_program_loaded_again()
    {
        var board = new FakeBoard { StaleHistoryUntilUs = 5_000_000 };
        bool lapsed = false;
        SessionResult result = new Bench(board).Run(eachPass: _ =>
        {
            if (!lapsed && board.NowUs >= 3_000_000)
            {
                lapsed = true;
                board.Forget();
            }
        });
        Assert.AreEqual(SessionVerdict.Completed, result.Verdict, result.Message);
        Assert.AreEqual(2, board.ProgramsSealed);
        Assert.AreEqual(1, board.StartsCarriedOut);
    }

    [TestMethod]
    public void A_lease_that_lapses_again_and_again_is_refused_in_the_end()
    {
        var board = new FakeBoard { StaleHistoryUntilUs = uint.MaxValue };
        SessionResult result = new Bench(board).Run(600, eachPass: _ =>
        {
            if (board.State == 3)
            {
                board.Forget();
            }
        });
        Assert.AreEqual(SessionVerdict.Refused, result.Verdict);
        Assert.AreEqual(3, result.ExitCode);
        Assert.AreEqual(0, board.StartFrames);
    }

    [TestMethod]
    public void Faults_from_before_are_refused_unless_asked_to_clear()
    {
        SessionResult refused = new Bench(new FakeBoard { State = 8, FaultBits = 0x1000000 }).Run();
        Assert.AreEqual(3, refused.ExitCode);
        Assert.AreEqual("EmergencyStop", refused.Faults[0].Name);
        SessionResult cleared = new Bench(new FakeBoard { State = 8, FaultBits = 0x1000000 }, order: order => order with { ClearFaults = true }).Run();
        Assert.AreEqual(SessionVerdict.Completed, cleared.Verdict, cleared.Message);
    }

    [TestMethod]
    public void A_board_in_a_session_is_left_alone()
    {
        foreach (int state in new[] { 4, 5, 6 })
        {
            var board = new FakeBoard { State = state, LeaseEndsUs = long.MaxValue, TransactionUs = 1_000_000_000 };
            SessionResult result = new Bench(board).Run(eachPass: bench => Assert.AreEqual(state, board.State));
            Assert.AreEqual(3, result.ExitCode);
            Assert.IsEmpty(board.StopsAtUs);
            Assert.AreEqual(0, board.WritesSeen);
            var stopped = new Bench(new FakeBoard { State = state, LeaseEndsUs = long.MaxValue, TransactionUs = 1_000_000_000 });
            stopped.Runner.RequestStop("test");
            Assert.AreEqual(4, stopped.Run().ExitCode);
            Assert.AreEqual(0, stopped.Board.WritesSeen);
        }
    }

    [TestMethod]
    public void A_fault_during_the_run_is_faulted_with_the_counts_until_then()
    {
        SessionResult result = new Bench(new FakeBoard { FaultAtUs = 3_500_000 }).Run();
        Assert.AreEqual(SessionVerdict.Faulted, result.Verdict);
        Assert.AreEqual(4, result.ExitCode);
        Assert.AreEqual("EmergencyStop", result.Faults.Single().Name);
        Assert.IsLessThan(30, result.PulsesCounted);
        Assert.AreEqual(25, result.FirstFault!.Code);
    }

    [TestMethod]
    public void Done_with_counters_that_do_not_fit_is_not_completed()
    {
        foreach (int wrong in new[] { -1, 1 })
        {
            SessionResult result = new Bench(new FakeBoard { CountersOffBy = wrong }).Run();
            Assert.AreEqual(SessionVerdict.Faulted, result.Verdict);
            Assert.AreEqual(4, result.ExitCode);
        }
    }

    [TestMethod]
    public void A_session_ended_by_somebody_else_is_aborted()
    {
        var bench = new Bench();
        SessionResult result = bench.Run(eachPass: now =>
        {
            if (now.Board.Pulses == 10 && now.Board.State == 5)
            {
                now.Board.Receive([2, 5, 60, 255, 1, 1, unchecked((byte)(2 + 5 + 60 + 255 + 1 + 1))]);
            }
        });
        Assert.AreEqual(SessionVerdict.Aborted, result.Verdict);
        Assert.AreEqual(4, result.ExitCode);
    }

    [TestMethod]
    public void Stop_is_repeated_every_20_ms_until_acknowledged_by_reply_and_state()
    {
        var board = new FakeBoard { IgnoredStops = 5 };
        SessionResult result = new Bench(board).Run(eachPass: StopAfterTen);
        Assert.AreEqual(SessionVerdict.Aborted, result.Verdict, result.Message);
        Assert.AreEqual(4, result.ExitCode);
        Assert.IsTrue(result.StopConfirmed);
        Assert.IsGreaterThanOrEqualTo(6, board.StopsAtUs.Count);
        for (int i = 1; i < 6; i++)
        {
            Assert.AreEqual(20_000, board.StopsAtUs[i] - board.StopsAtUs[i - 1]);
        }
    }

    [TestMethod]
    public void A_stop_whose_reply_never_comes_is_not_confirmed()
    {
        var board = new FakeBoard { SwallowsStopReply = true };
        SessionResult result = new Bench(board).Run(eachPass: StopAfterTen);
        Assert.AreEqual(SessionVerdict.Aborted, result.Verdict);
        Assert.AreEqual(5, result.ExitCode);
        Assert.IsFalse(result.StopConfirmed);
        Assert.Contains("emergency stop", result.Message);
    }

    [TestMethod]
    public void A_stop_in_any_phase_ends_aborted_and_nothing_starts_after_it()
    {
        for (int pass = 0; pass < 150; pass++)
        {
            int after = pass;
            var board = new FakeBoard();
            var bench = new Bench(board);
            int starts = -1;
            SessionResult result = bench.Run(eachPass: now =>
            {
                if (now.NowUs == after * FakeBoard.PassUs)
                {
                    now.Runner.RequestStop("test");
                    starts = now.Line.FromHost.Count(frame => frame[2] == 75);
                }
            });
            Assert.AreEqual(SessionVerdict.Aborted, result.Verdict, result.Message);
            Assert.AreEqual(4, result.ExitCode, result.Message);
            Assert.AreEqual(starts, bench.Line.FromHost.Count(frame => frame[2] == 75));
            Assert.AreNotEqual(5, board.State);
        }
    }

    [TestMethod]
    public void A_cut_cable_during_the_run_is_no_link_and_never_completed()
    {
        var bench = new Bench();
        SessionResult result = bench.Run(eachPass: now => now.Line.IsCut = now.Board.Pulses >= 10);
        Assert.AreEqual(5, result.ExitCode);
        Assert.AreEqual(SessionVerdict.Aborted, result.Verdict);
    }

    [TestMethod]
    public void A_board_that_falls_silent_during_the_run_is_no_link_and_never_completed()
    {
        var bench = new Bench();
        SessionResult result = bench.Run(eachPass: now => now.Board.IsSilent |= now.Board.Pulses >= 10);
        Assert.AreEqual(5, result.ExitCode);
        Assert.AreEqual(SessionVerdict.Aborted, result.Verdict);
    }

    [TestMethod]
    public void A_board_that_restarts_during_the_run_is_faulted()
    {
        var board = new FakeBoard();
        SessionResult result = new Bench(board).Run(eachPass: now =>
        {
            if (board.Pulses == 20)
            {
                board.Boot = 8;
                board.State = 2;
            }
        });
        Assert.AreEqual(SessionVerdict.Faulted, result.Verdict, result.Message);
        Assert.Contains("restarted", result.Message);
    }

    [TestMethod]
    public void A_lost_start_frame_is_repeated_and_a_lost_reply_never_starts_twice()
    {
        foreach (bool up in new[] { true, false })
        {
            int lost = 0;
            var bench = new Bench(line: board => new FakeLine(board)
            {
                Passes = (direction, address, kind) => direction != up || !((address == 75 || (!up && address == 47 && board.StartFrames > 0)) && lost++ < 4),
            });
            SessionResult result = bench.Run();
            Assert.AreEqual(SessionVerdict.Completed, result.Verdict, result.Message);
            Assert.AreEqual(1, bench.Board.StartsCarriedOut);
        }
    }

    [TestMethod]
    public void A_bad_line_never_starts_twice_and_never_lies_about_completion()
    {
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Int[0, int.MaxValue], CsCheck.Gen.Double[0, 0.08], CsCheck.Gen.Double[0, 0.2], CsCheck.Gen.Double[0, 0.05], CsCheck.Gen.Double[0, 0.1]),
            (seed, drop, repeat, damage, swap) =>
            {
                var bench = new Bench(line: board => new FakeLine(board, seed) { Drop = drop, Repeat = repeat, Damage = damage, Swap = swap });
                SessionResult result = bench.Run(600);
                Assert.IsLessThanOrEqualTo(1, bench.Board.StartsCarriedOut);
                if (result.Verdict == SessionVerdict.Completed)
                {
                    Assert.AreEqual(30, bench.Board.Pulses);
                    Assert.AreEqual(1, bench.Board.StartsCarriedOut);
                }

                if (bench.Board.StartsCarriedOut > 0)
                {
                    Assert.AreNotEqual(SessionVerdict.Refused, result.Verdict, result.Message);
                }
            },
            iter: 300,
            threads: 1);
    }

    [TestMethod]
    public void A_slightly_bad_line_still_completes()
    {
        var failed = new List<string>();
        for (int seed = 1; seed <= 50; seed++)
        {
            int mine = seed;
            var bench = new Bench(line: board => new FakeLine(board, mine) { Drop = 0.02, Repeat = 0.05, Damage = 0.01, Swap = 0.02 });
            SessionResult result = bench.Run(600);
            if (result.Verdict != SessionVerdict.Completed)
            {
                failed.Add($"seed {seed}, {bench.Events.OfType<PhaseEvent>().SkipLast(1).Last().Phase}: {result.Message}");
            }
        }

        Assert.IsLessThanOrEqualTo(2, failed.Count, string.Join("\n", failed));
    }

    private static void StopAfterTen(Bench now)
    {
        if (now.Board.Pulses >= 10)
        {
            now.Runner.RequestStop("test");
        }
    }
}
