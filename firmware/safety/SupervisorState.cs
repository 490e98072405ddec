namespace Escapement.Safety
{
    /// <summary>States of the supervisor; numbers as in device.yml (SupervisorStates).</summary>
    public static class SupervisorState
    {
        /// <summary>Starting.</summary>
        public const int Boot = 0;

        /// <summary>Testing itself.</summary>
        public const int SelfTest = 1;

        /// <summary>No program.</summary>
        public const int Idle = 2;

        /// <summary>A verified program is loaded.</summary>
        public const int Loaded = 3;

        /// <summary>Ready to start.</summary>
        public const int Armed = 4;

        /// <summary>A session runs.</summary>
        public const int Running = 5;

        /// <summary>A session is held between two transactions.</summary>
        public const int Held = 6;

        /// <summary>The session ended as planned.</summary>
        public const int Done = 7;

        /// <summary>A fault is latched.</summary>
        public const int Fault = 8;

        /// <summary>The emergency stop is latched.</summary>
        public const int EmergencyStop = 9;
    }
}
