namespace Escapement.Chip
{
    // The board's crystal: RMT, microsecond clock and sleeps share it. Its error may change while the board runs.
    public sealed partial class Board
    {
        private const long PpbOne = 1_000_000_000;

        private readonly List<(long At80, int Ppb)> clockErrors = new();
        private ClockPiece[] clockPieces = [];
        private bool clockExact;
        private long clockOffsetUs;

        /// <summary>The crystal's error changes: it is warmed, it is the wrong one, its loop has come unlocked.</summary>
        /// <param name="atUs">From this simulation time on, microseconds; not in the past.</param>
        /// <param name="ppb">Error from then on, parts per thousand million; positive: the board runs fast.</param>
        public void ClockErrorFrom(long atUs, int ppb)
        {
            long at = atUs * TicksPerUs;
            if (at < now)
            {
                throw new ArgumentOutOfRangeException(nameof(atUs), atUs, "What the clock has shown already cannot change.");
            }

            clockErrors.RemoveAll(one => one.At80 == at);
            clockErrors.Add((at, ppb));
            clockErrors.Sort();
            CutClock();
            foreach (RmtTx? channel in channels)
            {
                channel?.ClockChanged();
            }

            Refresh();
        }

        /// <summary>The microsecond clock jumps, now. RMT and sleeps do not. Only on the board's thread.</summary>
        /// <param name="byUs">By how much, microseconds; negative: back.</param>
        public void JumpClock(long byUs) => clockOffsetUs += byUs;

        /// <summary>The board's own microsecond clock.</summary>
        internal long BoardUs() => UptimeUs() + clockOffsetUs;

        /// <summary>The same since boot, whatever it began with.</summary>
        internal long UptimeUs() => BoardTicks(now) / TicksPerUs;

        /// <summary>Ticks that the board's crystal has counted since boot at a true time.</summary>
        internal long BoardTicks(long t80)
        {
            if (clockExact)
            {
                return t80 - clockPieces[0].True80;
            }

            int i = clockPieces.Length - 1;
            while (i > 0 && clockPieces[i].True80 > t80)
            {
                i--;
            }

            return clockPieces[i].Counted(t80);
        }

        /// <summary>The true time at which the board's crystal has counted so many ticks since boot.</summary>
        internal long TrueTime(long boardTicks)
        {
            if (clockExact)
            {
                return clockPieces[0].True80 + boardTicks;
            }

            int i = clockPieces.Length - 1;
            while (i > 0 && clockPieces[i].Ticks > boardTicks)
            {
                i--;
            }

            return clockPieces[i].Reached(boardTicks);
        }

        // Boot: the clock begins anew, with the error that the crystal has by then.
        private void StartClock()
        {
            clockOffsetUs = Options.ClockStartUs;
            clockPieces = [new ClockPiece(now, 0, Options.ClockErrorPpb)];
            CutClock();
        }

        private void CutClock()
        {
            ClockPiece piece = clockPieces[0];
            var pieces = new List<ClockPiece>();
            int first = Options.ClockErrorPpb;
            foreach ((long at, int ppb) in clockErrors)
            {
                if (at <= piece.True80)
                {
                    first = ppb;
                }
            }

            piece = new ClockPiece(piece.True80, 0, first);
            pieces.Add(piece);
            foreach ((long at, int ppb) in clockErrors)
            {
                if (at > piece.True80)
                {
                    piece = new ClockPiece(at, piece.Counted(at), ppb);
                    pieces.Add(piece);
                }
            }

            clockPieces = pieces.ToArray();
            clockExact = clockPieces.Length == 1 && first == 0;
        }

        /// <summary>A time of one rate: from when, with how many ticks counted.</summary>
        private readonly record struct ClockPiece(long True80, long Ticks, int Ppb)
        {
            public long Counted(long t80)
            {
                long since = t80 - True80;
                return Ticks + since + MulDiv(since, Ppb, PpbOne);
            }

            public long Reached(long boardTicks)
            {
                long since = boardTicks - Ticks;
                return True80 + since - MulDiv(since, Ppb, PpbOne + Ppb);
            }

            private static long MulDiv(long value, long factor, long divisor) =>
                factor == 0 ? 0 : (long)((Int128)value * factor / divisor);
        }
    }
}
