namespace Escapement.Kernel
{
    /// <summary>What a board can play: the figures that a plan depends on. The defaults are the reference board's.</summary>
    public sealed class PlanLimits
    {
        /// <summary>Largest word list of a session's first transaction, in words (2 halves of at most 32,767 ticks each). At most 32,768.</summary>
        public int FirstListWords = 32768;

        /// <summary>Largest word list of every later transaction, in words.</summary>
        public int ListWords = 4096;

        /// <summary>Words of one channel memory: no list is ever an exact multiple of it.</summary>
        public int ChannelWords = 48;

        /// <summary>Words of the head (lead-in) of every list.</summary>
        public int HeadWords = 4;

        /// <summary>Nominal length of the head, in microseconds.</summary>
        public int LeadInUs = 200000;

        /// <summary>Shortest lead-in with which a transaction may still be started, in microseconds.</summary>
        public int LeadInMinUs = 25000;

        /// <summary>How long a start may take between its two clock readings, in microseconds.</summary>
        public int StartBoundUs = 1000;

        /// <summary>Smallest silence in which a plan may be cut, in microseconds: onset to onset, less the width of the pulse before.</summary>
        public int MinCutGapUs = 300000;
    }
}
