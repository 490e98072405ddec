using System.Device.Gpio;
using Escapement.Runtime.Ports;

namespace Escapement.Esp32
{
    /// <summary>The pins of the hardware gate: enable, heartbeat, and the latch's read-back.</summary>
    public sealed class Gate : IGate
    {
        // Read once: every PinValue.High expression builds a value on the managed heap.
        private readonly PinValue _high = PinValue.High;
        private readonly PinValue _low = PinValue.Low;
        private readonly GpioPin _enable;
        private readonly GpioPin _heartbeat;
        private readonly GpioPin _readBack;
        private bool _beat;

        /// <summary>Opens the three pins; both outputs come up low.</summary>
        public Gate(GpioController controller, int enablePin, int heartbeatPin, int readBackPin)
        {
            _enable = controller.OpenPin(enablePin, PinMode.Output);
            _heartbeat = controller.OpenPin(heartbeatPin, PinMode.Output);

            // A separate input: Read of an output pin always answers low, because its input buffer is off.
            _readBack = controller.OpenPin(readBackPin, PinMode.Input);
            Disable();
        }

        /// <inheritdoc/>
        public void Enable()
        {
            _enable.Write(_high);
        }

        /// <inheritdoc/>
        public void Disable()
        {
            _enable.Write(_low);
        }

        /// <inheritdoc/>
        public void Feed()
        {
            // By the supervisor's own loop and by nothing else: a timer or a PWM would feed for a program that is dead.
            _beat = !_beat;
            _heartbeat.Write(_beat ? _high : _low);
        }

        /// <inheritdoc/>
        public bool IsOpen()
        {
            return (bool)_readBack.Read();
        }
    }
}
