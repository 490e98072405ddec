namespace Escapement.Runtime.Run
{
    /// <summary>What happened to one transaction; becomes a TrainReport event.</summary>
    public sealed class TrainRecord
    {
        /// <summary>Result of a transaction that was stopped on request.</summary>
        public const int Stopped = 255;

        /// <summary>Index from 0.</summary>
        public int Transaction;

        /// <summary>Planned onset of its first pulse, board time, us.</summary>
        public long PlannedStartUs;

        /// <summary>Clock just before the send (t0), us.</summary>
        public long BeforeSendUs;

        /// <summary>Clock just after the send (t1), us.</summary>
        public long AfterSendUs;

        /// <summary>Clock after the gate read back open (t2), us; 0 when it was not opened.</summary>
        public long GateOpenUs;

        /// <summary>Bound that held for the start, us.</summary>
        public int StartBoundUs;

        /// <summary>Pulses in the plan.</summary>
        public int PlannedPulses;

        /// <summary>Pulses counted on the trigger line.</summary>
        public int RawPulses;

        /// <summary>Pulses counted behind the gate.</summary>
        public int GatedPulses;

        /// <summary>0 as planned, else bit number of the fault plus one, or <see cref="Stopped"/>.</summary>
        public int Result;

        /// <summary>Index in the session of its first pulse.</summary>
        public int FirstPulse;

        /// <summary>Planned onset of its last pulse, board time, us.</summary>
        public long PlannedEndUs;

        /// <summary>Whether it was begun and not yet reported.</summary>
        public bool IsOpen;
    }
}
