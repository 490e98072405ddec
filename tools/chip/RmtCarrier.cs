namespace Escapement.Chip
{
    /// <summary>The carrier of an RMT channel: chops one of the two levels. Off by default in this generation of the package.</summary>
    internal sealed class RmtCarrier
    {
        private readonly bool enabled;
        private readonly bool chops;
        private readonly long on80;
        private readonly long off80;
        private bool gap;
        private bool active;

        public RmtCarrier(bool enabled, bool chops, int frequencyHz, float dutyPercent)
        {
            this.enabled = enabled;
            this.chops = chops;
            long period = Math.Max(2, 80_000_000L / frequencyHz);
            on80 = Math.Clamp((long)(period * dutyPercent / 100), 1, period - 1);
            off80 = period - on80;
        }

        public long Next80 { get; private set; } = long.MaxValue;

        /// <summary>Whether the level passes as it is; false while the carrier is in its gap.</summary>
        public bool Passes(bool level) => !active || level != chops || !gap;

        public void RunStarts(Board board, bool level, bool atRest = false)
        {
            if (!enabled)
            {
                return;
            }

            bool was = active;
            active = !atRest && level == chops;
            if (active && was)
            {
                return;
            }

            gap = false;
            Next80 = active ? board.Now80 + on80 : long.MaxValue;
        }

        public void Toggle(Board board)
        {
            gap = !gap;
            Next80 = board.Now80 + (gap ? off80 : on80);
        }
    }
}
