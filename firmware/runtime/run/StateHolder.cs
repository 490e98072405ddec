using Escapement.Safety;

namespace Escapement.Runtime.Run
{
    /// <summary>The supervisor's state. Changes only as the state table allows.</summary>
    public sealed class StateHolder
    {
        /// <summary>The state, a Safety.SupervisorState.</summary>
        public int Now = SupervisorState.Boot;

        /// <summary>When it was entered, board time, us.</summary>
        public long SinceUs;

        /// <summary>Whether it changed since it was last reported.</summary>
        public bool Changed = true;

        /// <summary>Whether output is armed or under way.</summary>
        public bool IsLive => Now == SupervisorState.Armed || Now == SupervisorState.Running || Now == SupervisorState.Held;

        /// <summary>Whether a fault or the emergency stop is latched.</summary>
        public bool IsLatched => Now == SupervisorState.Fault || Now == SupervisorState.EmergencyStop;

        /// <summary>Goes to another state. False, and nothing changes, when the table does not allow it.</summary>
        public bool Go(int to, long nowUs)
        {
            if (to == Now || !StateTable.Allows(Now, to))
            {
                return false;
            }

            Now = to;
            SinceUs = nowUs;
            Changed = true;
            return true;
        }
    }
}
