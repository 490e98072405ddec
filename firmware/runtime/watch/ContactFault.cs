using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Watch
{
    /// <summary>Which fault an open contact is while output is armed or under way.</summary>
    public static class ContactFault
    {
        /// <summary>The fault of the gravest contact that is open, 0 when none is. The foot switch counts only while pulses are under way.</summary>
        /// <param name="inputs">Ports.InputBits as read.</param>
        public static int Of(int inputs)
        {
            int missing = ~inputs;
            if ((missing & InputBits.EmergencyStops) != 0)
            {
                return FaultCode.EmergencyStop;
            }

            if ((missing & InputBits.Interlock) != 0)
            {
                return FaultCode.InterlockOpened;
            }

            if ((missing & InputBits.Key) != 0)
            {
                return FaultCode.KeyTurnedOff;
            }

            if ((missing & InputBits.Coil) != 0)
            {
                return FaultCode.CoilLost;
            }

            return (missing & InputBits.FootSwitch) != 0 ? FaultCode.FootSwitchReleased : 0;
        }
    }
}
