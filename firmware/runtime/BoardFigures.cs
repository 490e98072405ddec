using Escapement.Kernel;
using Escapement.Safety;

namespace Escapement.Runtime
{
    /// <summary>What the board profile says; filled once at boot by the esp32 room, never changed afterwards.</summary>
    public sealed class BoardFigures
    {
        /// <summary>Number of the board profile (register Identity).</summary>
        public int BoardId = 1;

        /// <summary>Whether no real output exists.</summary>
        public bool IsVirtual;

        /// <summary>Words of one channel memory of the trigger hardware.</summary>
        public int ChannelWords = 48;

        /// <summary>Largest list of a session's first transaction, words.</summary>
        public int FirstListWords = 32768;

        /// <summary>Largest list of every later transaction, words.</summary>
        public int ListWords = 4096;

        /// <summary>Lead-in at the head of a list, words of two halves each.</summary>
        public int HeadWords = 4;

        /// <summary>Nominal lead-in, us: how long before its first pulse a list is sent.</summary>
        public int LeadInUs = 200000;

        /// <summary>Shortest lead-in with which a list may still be sent, us.</summary>
        public int LeadInMinUs = 25000;

        /// <summary>Largest time between the two clock readings around a start of at most <see cref="ListWords"/> words, us. Held until bring-up has measured it.</summary>
        public int StartBoundUs = 1000;

        /// <summary>The same for a longer first list, us; copying it into the driver takes its time, and it defines the origin, so nothing moves.</summary>
        public int LongStartBoundUs = 20000;

        /// <summary>Smallest silence between two pulses in which a plan may be cut, us.</summary>
        public int MinCutGapUs = 300000;

        /// <summary>Least time between the gate's read-back and the first pulse, us.</summary>
        public int GateMarginUs = 5000;

        /// <summary>Nominal pass of the supervisor, us.</summary>
        public int PassUs = 10000;

        /// <summary>Smallest onset-to-onset interval that the stimulator takes, us. Tightens the compiled-in ceiling, never loosens it; so do the next two.</summary>
        public int MinGapUs = LimitTable.MinGapUs;

        /// <summary>Shortest pulse that the stimulator takes, us.</summary>
        public int MinWidthUs = LimitTable.MinWidthUs;

        /// <summary>Longest pulse that the stimulator takes, us.</summary>
        public int MaxWidthUs = LimitTable.MaxWidthUs;

        /// <summary>Most pulses that the stimulator and its coil bear in an hour. Tightens the compiled-in ceiling, never loosens it; so does the next one.</summary>
        public int MaxHourPulses = LimitTable.MaxHourPulses;

        /// <summary>How long the trigger line may be high in any second, us.</summary>
        public int MaxHighUs = LimitTable.MaxHighUs;

        /// <summary>Build tag, 8 bytes (Harp register TAG).</summary>
        public byte[] BuildTag = new byte[8];

        /// <summary>Unique identifier, 16 bytes; all zero when none was written at flashing (Harp register UID).</summary>
        public byte[] Uid = new byte[16];

        /// <summary>What a plan depends on. Allocates: not for a pass.</summary>
        public PlanLimits Plan()
        {
            PlanLimits plan = new PlanLimits();
            plan.FirstListWords = FirstListWords;
            plan.ListWords = ListWords;
            plan.ChannelWords = ChannelWords;
            plan.HeadWords = HeadWords;
            plan.LeadInUs = LeadInUs;
            plan.LeadInMinUs = LeadInMinUs;
            plan.StartBoundUs = StartBoundUs;
            plan.MinCutGapUs = MinCutGapUs;
            return plan;
        }

        /// <summary>The ceilings of this board: those compiled in, tightened by its stimulator. Allocates: not for a pass.</summary>
        public Limits Ceilings()
        {
            Limits ceilings = new Limits();
            LimitTable.SetCeilings(ceilings);
            ceilings.TightenPulse(MinGapUs, MinWidthUs, MaxWidthUs);
            ceilings.TightenLoad(MaxHourPulses, MaxHighUs);
            return ceilings;
        }
    }
}
