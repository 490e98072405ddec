using System.Runtime.CompilerServices;

namespace Escapement.Chip
{
    /// <summary>
    /// A simulated ESP32 in virtual time. The vendor's types in this assembly act on the board of their thread.
    /// Time is counted in ticks of 12.5 ns (80 MHz) and moves only by vendor calls and sleeps.
    /// </summary>
    public sealed partial class Board
    {
        /// <summary>Ticks of simulation time in a microsecond.</summary>
        public const long TicksPerUs = 80;

        /// <summary>The RTOS tick: every sleep ends on one. 10 ms.</summary>
        public const long RtosTick80 = 10_000 * TicksPerUs;

        [ThreadStatic]
        private static Board? current;

        private readonly long callLatency80;
        private readonly ulong callJitter80;
        private ulong jitter;
        private long now;
        private long due;
        private volatile bool haltRequested;
        private long lastEvent;
        private IOutside? outside;
        private BoardHalted? halted;

        /// <summary>Makes a board, just powered up. It runs on the thread that sets it as <see cref="Current"/>.</summary>
        public Board(BoardOptions? options = null)
        {
            Options = options ?? new BoardOptions();
            callLatency80 = Options.CallLatencyNs * TicksPerUs / 1000;
            callJitter80 = (ulong)(Options.CallJitterNs * TicksPerUs / 1000);
            jitter = Options.Seed;
            pads = new Pad[Options.PinCount];
            for (int i = 0; i < pads.Length; i++)
            {
                pads[i] = new Pad();
            }

            channels = new RmtTx[Options.ChannelBlocks];
            units = new PulseUnit[Options.PulseUnits];
            link = new SerialLine(Options.Pace == Pace.RealTime);
            random = new SplitMix(Options.Seed);
            StartClock();
            ResetPeripherals();
            DrawNextPause();
            Refresh();
        }

        /// <summary>The board of this thread; vendor statics and constructors act on it.</summary>
        public static Board? Current
        {
            get => current;
            set => current = value;
        }

        /// <summary>The options that it was made with.</summary>
        public BoardOptions Options { get; }

        /// <summary>What is wired to the pins; null: nothing.</summary>
        public IOutside? Outside
        {
            get => outside;
            set
            {
                outside = value;
                Refresh();
            }
        }

        /// <summary>Called in every sleep after time advanced, with the simulation time in microseconds. The stepped host runs here.</summary>
        public Action<long>? OnSleep { get; set; }

        /// <summary>Simulation time since the board was made, ticks of 12.5 ns. True time, whatever the board's crystal does.</summary>
        public long Now80 => now;

        /// <summary>The same in whole microseconds.</summary>
        public long NowUs => now / TicksPerUs;

        /// <summary>Why the board stopped, or null while it runs.</summary>
        public HaltReason? Halted => halted?.Reason;

        /// <summary>Sleeps so far, the passes of a supervisor.</summary>
        public long Sleeps { get; private set; }

        /// <summary>How often it was restarted.</summary>
        public int Restarts { get; private set; }

        internal static Board Of()
        {
            return current ?? throw new InvalidOperationException("No simulated board runs on this thread: set Board.Current first.");
        }

        /// <summary>Every vendor call passes here: it takes its time, and what is due in the hardware happens.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Call(VendorCall call)
        {
            now += callLatency80;
            if (callJitter80 != 0)
            {
                jitter = (jitter * 6364136223846793005UL) + 1442695040888963407UL;
                now += (long)(((jitter >> 32) * callJitter80) >> 32);
            }

            if (now >= due || haltRequested)
            {
                CallSlowly(call);
            }
        }

        /// <summary>Lets hardware and outside go on to a time while no managed code runs.</summary>
        internal void RunHardware(long target)
        {
            int stuck = 0;
            while (true)
            {
                long nextOutside = outside == null ? long.MaxValue : outside.NextEvent80;
                long nextRmt = NextRmt(out RmtTx? channel);
                long next = nextOutside <= nextRmt ? nextOutside : nextRmt;
                if (next > target)
                {
                    break;
                }

                now = next > lastEvent ? next : lastEvent;
                lastEvent = now;
                if (nextOutside <= nextRmt)
                {
                    outside!.AdvanceTo(now);
                    GuardOutside(next, ref stuck);
                }
                else
                {
                    channel!.Step();
                }
            }

            now = target;
            lastEvent = target;
        }

        /// <summary>Looks again at when something is due. Call it after changing the outside behind the board's back.</summary>
        public void Refresh()
        {
            if (halted != null || hooks.Count > 0)
            {
                due = long.MinValue;
                return;
            }

            long next = NextRmt(out _);
            if (outside != null && outside.NextEvent80 < next)
            {
                next = outside.NextEvent80;
            }

            due = nextPauseAt < next ? nextPauseAt : next;
        }

        internal void SleepMs(int milliseconds)
        {
            if (milliseconds < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(milliseconds), "A sleep without end would stop the firmware for ever.");
            }

            Call(VendorCall.Sleep);
            Sleeps++;
            if (milliseconds > 0)
            {
                // Quirk: time in the runtime is the RTOS tick count, so a sleep is counted from the last tick and ends on one.
                long ticks = BoardTicks(now) / RtosTick80 + (milliseconds + 9) / 10;
                long wake = TrueTime(ticks * RtosTick80);
                if (Options.Pace == Pace.RealTime)
                {
                    WaitForWall(wake);
                }

                RunHardware(wake > now ? wake : now);
            }

            DispatchEvents();
            Outside?.AdvanceTo(now);
            OnSleep?.Invoke(now / TicksPerUs);
            Refresh();
            if (haltRequested || halted != null)
            {
                ThrowIfHalted();
            }
        }

        /// <summary>One tick of the RTOS inside a vendor call that waits while other threads run.</summary>
        internal void IdleTick()
        {
            long wake = TrueTime((BoardTicks(now) / RtosTick80 + 1) * RtosTick80);
            if (Options.Pace == Pace.RealTime)
            {
                WaitForWall(wake);
            }

            RunHardware(wake > now ? wake : now);
            OnSleep?.Invoke(now / TicksPerUs);
            Refresh();
            ThrowIfHalted();
        }

        private static void GuardOutside(long next, ref int stuck)
        {
            // An outside that does not move on would hang the simulation without a word.
            if (++stuck > 1_000_000)
            {
                throw new InvalidOperationException("The outside has had a million events without letting time pass; the last was due at " + next + ".");
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void CallSlowly(VendorCall call)
        {
            ThrowIfHalted();
            RunHardware(now);
            RunHooks(call);
            TakeDuePauses();
            ThrowIfHalted();
            Refresh();
        }
    }
}
