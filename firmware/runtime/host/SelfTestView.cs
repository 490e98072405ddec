using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Runtime.SelfTest;
using Escapement.Runtime.Watch;

namespace Escapement.Runtime.Host
{
    /// <summary>Shows what the board has tested of itself.</summary>
    public sealed class SelfTestView
    {
        private readonly BootTest _boot;
        private readonly GateTest _gate;
        private readonly InputWatch _inputs;
        private HarpEndpoint _endpoint;
        private int _shownPassed = -1;
        private int _shownFailed = -1;
        private long _shownGateUs;

        /// <summary>Shows these.</summary>
        public SelfTestView(BootTest boot, GateTest gate, InputWatch inputs)
        {
            _boot = boot;
            _gate = gate;
            _inputs = inputs;
        }

        /// <summary>Connects with the link.</summary>
        public void Attach(HarpEndpoint endpoint)
        {
            _endpoint = endpoint;
        }

        /// <summary>Shows and reports what changed in a pass.</summary>
        public void Pass(long nowUs)
        {
            int passed = _boot.Passed | _gate.Passed | (_inputs.StopsTested ? SelfTestSteps.EmergencyStops : 0);
            int failed = _boot.Failed | _gate.Failed;
            if (passed == _shownPassed && failed == _shownFailed && _gate.TestedAtUs == _shownGateUs)
            {
                return;
            }

            _shownPassed = passed;
            _shownFailed = failed;
            _shownGateUs = _gate.TestedAtUs;
            RegisterFile file = _endpoint.Registers;
            file.SetU64(RegisterAddress.SelfTestState, SelfTestStateField.Passed, passed);
            file.SetU64(RegisterAddress.SelfTestState, SelfTestStateField.Failed, failed);
            file.SetU64(RegisterAddress.SelfTestState, SelfTestStateField.GateTestedAtUs, _gate.TestedAtUs);
            file.SetU64(RegisterAddress.SelfTestState, SelfTestStateField.CollectionUs, _boot.CollectionUs);
            _endpoint.QueueEvent(RegisterAddress.SelfTestState, nowUs);
        }
    }
}
