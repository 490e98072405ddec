namespace Escapement.Chip
{
    // What can be made to happen to a board: pauses of the interpreter, things at chosen calls, blocked refills, halts.
    public sealed partial class Board
    {
        private readonly SplitMix random;
        private readonly List<Hook> hooks = new();
        private readonly List<(long At, long Length)> scheduledPauses = new();
        private readonly List<(long From, long To)> refillBlocks = new();
        private long nextRandomPause = long.MaxValue;
        private long nextPauseAt = long.MaxValue;

        /// <summary>Stops the interpreter for a while at the first vendor call at or after a time; the hardware goes on.</summary>
        /// <param name="atUs">Simulation time, microseconds.</param>
        /// <param name="lengthUs">Length, microseconds.</param>
        public void ScheduledPause(long atUs, long lengthUs)
        {
            scheduledPauses.Add((atUs * TicksPerUs, lengthUs * TicksPerUs));
            scheduledPauses.Sort();
            FindNextPause();
            Refresh();
        }

        /// <summary>Stops the interpreter here and now. Only for what runs on the board's thread, such as a hook.</summary>
        public void PauseNow(long lengthUs)
        {
            Outside?.OnPause(NowUs);
            RunHardware(now + lengthUs * TicksPerUs);
            Refresh();
        }

        /// <summary>
        /// Runs something at the nth next vendor call of a kind, after its latency and before its effect.
        /// It may pause the interpreter, cut the power, arm another hook or throw what the call shall throw.
        /// </summary>
        public void AtCall(VendorCall call, int nth, Action action)
        {
            if (nth < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(nth), "The first call is number 1.");
            }

            hooks.Add(new Hook(call, nth, action));
            Refresh();
        }

        /// <summary>Keeps the refill interrupt from running for a while, as a flash write does: stale words are sent again.</summary>
        /// <param name="atUs">Simulation time, microseconds.</param>
        /// <param name="lengthUs">Length, microseconds.</param>
        public void BlockRefills(long atUs, long lengthUs)
        {
            refillBlocks.Add((atUs * TicksPerUs, (atUs + lengthUs) * TicksPerUs));
        }

        /// <summary>
        /// Takes the supply away: every pin floats at once. On the board's thread the halt is thrown here;
        /// from another thread it takes effect at the board's next vendor call.
        /// </summary>
        public void PowerOff()
        {
            if (current != this)
            {
                haltRequested = true;
                return;
            }

            CutPower();
            throw halted!;
        }

        /// <summary>Lets time pass after a halt. Without the interpreter nothing refills: what is in channel memory is sent over and over.</summary>
        public void RunOn(long lengthUs)
        {
            RunHardware(now + lengthUs * TicksPerUs);
        }

        /// <summary>Starts the board again after a halt: clock at zero, pins let go, RMT and counters reset. Simulation time goes on.</summary>
        public void Restart()
        {
            ResetPeripherals();
            StartClock();
            halted = null;
            haltRequested = false;
            refillBlocks.RemoveAll(b => b.To == long.MaxValue);
            Restarts++;
            Refresh();
        }

        internal void Reboot()
        {
            RebootHandlers?.Invoke();

            // Quirk: a reboot resets neither RMT nor the GPIO matrix; the list goes on without refills until the next start.
            Halt(HaltReason.Reboot, "The firmware rebooted the board.");
        }

        internal void Panic(string why)
        {
            Halt(HaltReason.Panic, "Native fault: " + why);
        }

        internal void Freeze(string why)
        {
            Halt(HaltReason.Frozen, "The interpreter waits for ever: " + why);
        }

        /// <summary>When a refill that is due now can run: now, or at the end of whatever blocks it.</summary>
        internal long RefillTime(long t80)
        {
            bool moved = true;
            while (moved)
            {
                moved = false;
                foreach ((long from, long to) in refillBlocks)
                {
                    if (t80 >= from && t80 < to)
                    {
                        t80 = to;
                        moved = true;
                    }
                }
            }

            return t80;
        }

        private void Halt(HaltReason reason, string message)
        {
            if (reason != HaltReason.Frozen)
            {
                refillBlocks.Add((now, long.MaxValue));
            }

            halted = new BoardHalted(reason, message);
            Refresh();
            throw halted;
        }

        private void CutPower()
        {
            halted = new BoardHalted(HaltReason.PowerOff, "The supply of the board was cut.");
            ResetPeripherals();
            Refresh();
        }

        private void ThrowIfHalted()
        {
            if (haltRequested && halted == null)
            {
                CutPower();
            }

            if (halted != null)
            {
                throw new BoardHalted(halted.Reason, halted.Message);
            }
        }

        private void RunHooks(VendorCall call)
        {
            // A hook that an action arms belongs to later calls.
            int armed = hooks.Count;
            for (int i = 0; i < armed; i++)
            {
                Hook hook = hooks[i];
                if ((hook.Call == call || hook.Call == VendorCall.Any) && --hook.Left == 0)
                {
                    hooks.RemoveAt(i);
                    i--;
                    armed--;
                    hook.Action();
                }
            }
        }

        private void TakeDuePauses()
        {
            while (nextPauseAt <= now)
            {
                bool isRandom = nextRandomPause <= nextPauseAt;
                long length = isRandom ? (1 + random.Below(Options.MaxPauseUs)) * TicksPerUs : scheduledPauses[0].Length;
                Outside?.OnPause(NowUs);
                RunHardware(now + length);
                if (isRandom)
                {
                    DrawNextPause();
                }
                else
                {
                    scheduledPauses.RemoveAt(0);
                    FindNextPause();
                }
            }
        }

        // Two pauses never share a pass: together they would be one longer than the longest that was asked for.
        private void DrawNextPause()
        {
            nextRandomPause = Options.MeanPauseIntervalUs > 0 && Options.MaxPauseUs > 0
                ? now + (PauseSpacingUs + random.Below(2 * Options.MeanPauseIntervalUs)) * TicksPerUs
                : long.MaxValue;
            FindNextPause();
        }

        private const long PauseSpacingUs = 50_000;

        private void FindNextPause()
        {
            nextPauseAt = nextRandomPause;
            if (scheduledPauses.Count > 0 && scheduledPauses[0].At < nextPauseAt)
            {
                nextPauseAt = scheduledPauses[0].At;
            }
        }

        private sealed class Hook(VendorCall call, int nth, Action action)
        {
            public readonly VendorCall Call = call;
            public readonly Action Action = action;
            public int Left = nth;
        }
    }
}
