namespace Escapement.Safety
{
    /// <summary>The one table of states and of the transitions that are allowed.</summary>
    public static class StateTable
    {
        /// <summary>Number of states; they are numbered from 0.</summary>
        public const int Count = 10;

        /// <summary>Every state's bit.</summary>
        public const int All = (1 << Count) - 1;

        private const int Idle = 1 << SupervisorState.Idle;
        private const int Loaded = 1 << SupervisorState.Loaded;
        private const int Running = 1 << SupervisorState.Running;
        private const int Stopped = (1 << SupervisorState.Fault) | (1 << SupervisorState.EmergencyStop);

        private static readonly string[] names =
        {
            "Boot", "SelfTest", "Idle", "Loaded", "Armed", "Running", "Held", "Done", "Fault", "EmergencyStop",
        };

        private static readonly string[] sentences =
        {
            "Starting; nothing is known yet.",
            "Testing itself with the gate closed.",
            "No program is loaded.",
            "A verified program is loaded.",
            "Ready to start; expires after 60 s.",
            "A session runs.",
            "A session is held between two transactions.",
            "The session ended as planned; its program is erased.",
            "A fault is latched; the gate is closed.",
            "The emergency stop is latched; the gate is closed.",
        };

        // One mask of states a row: where a state may lead. Fault and EmergencyStop are within reach of every state but themselves.
        private static readonly int[] next =
        {
            Stopped | (1 << SupervisorState.SelfTest),
            Stopped | Idle,
            Stopped | Loaded,
            Stopped | Idle | (1 << SupervisorState.Armed),
            Stopped | Idle | Loaded | Running,
            Stopped | Idle | (1 << SupervisorState.Held) | (1 << SupervisorState.Done),
            Stopped | Idle | Running,
            Stopped | Idle,
            Idle | (1 << SupervisorState.EmergencyStop),
            Idle | (1 << SupervisorState.Fault),
        };

        /// <summary>Whether the supervisor may go from one state to the other. A state never leads to itself.</summary>
        /// <param name="from">A <see cref="SupervisorState"/>.</param>
        /// <param name="to">A <see cref="SupervisorState"/>.</param>
        public static bool Allows(int from, int to)
        {
            if (from < 0 || from >= Count || to < 0 || to >= Count)
            {
                return false;
            }

            return (next[from] & (1 << to)) != 0;
        }

        /// <summary>The bit of a state in a mask of states; 0 for a number that is no state.</summary>
        public static int Bit(int state)
        {
            return state < 0 || state >= Count ? 0 : 1 << state;
        }

        /// <summary>The name of a state, as in device.yml.</summary>
        public static string Name(int state)
        {
            return state < 0 || state >= Count ? "Unknown" : names[state];
        }

        /// <summary>What a state means.</summary>
        public static string Sentence(int state)
        {
            return state < 0 || state >= Count ? "No such state." : sentences[state];
        }
    }
}
