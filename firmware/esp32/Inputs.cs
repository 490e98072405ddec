using System.Device.Gpio;
using Escapement.Runtime.Ports;

namespace Escapement.Esp32
{
    /// <summary>
    /// The safety inputs, polled every pass and taken by event as well. Events alone would not do: the event queue drops what is short, and what
    /// is too much. Polling alone would miss what opens and closes between two passes.
    /// </summary>
    public sealed class Inputs : IInputs
    {
        private readonly ContactPin[] _contacts;
        private readonly GpioPin _ready;
        private readonly CoilSensor _coilSensor;
        private readonly int _present;

        /// <summary>
        /// Opens the pins of the board profile. A closed contact reads high; an open wire is pulled low outside the chip, and inside it too,
        /// so that an input without its ribbon reads as unsafe.
        /// Emergency stop and interlock are never absent; the others may be, and are then not monitored.
        /// </summary>
        public Inputs(GpioController controller, BoardPins pins)
        {
            _contacts = new ContactPin[]
            {
                new ContactPin(controller, pins.EmergencyStopA, InputBits.EmergencyStopA),
                new ContactPin(controller, pins.EmergencyStopB, InputBits.EmergencyStopB),
                new ContactPin(controller, pins.Interlock, InputBits.Interlock),
                new ContactPin(controller, pins.Key, InputBits.Key),
                new ContactPin(controller, pins.Coil, InputBits.Coil),
                new ContactPin(controller, pins.FootSwitch, InputBits.FootSwitch),
            };
            int present = Bit(pins.StimulatorReady, InputBits.StimulatorReady) | Bit(pins.TriggerOut, InputBits.TriggerOut) | Bit(pins.Temperature, InputBits.CoilTemperature);
            for (int i = 0; i < _contacts.Length; i++)
            {
                present |= _contacts[i].PresentBit;
            }

            _present = present;

            // Ready falls with every discharge: an event each time would only fill the heap, and what counts is how it stands before a train.
            _ready = pins.StimulatorReady == BoardPins.Absent ? null : controller.OpenPin(pins.StimulatorReady, ContactPin.FloatsLow(controller, pins.StimulatorReady));
            _coilSensor = pins.Temperature == BoardPins.Absent ? null : new CoilSensor(pins.Temperature);
        }

        /// <inheritdoc/>
        public int Present
        {
            get { return _present; }
        }

        /// <inheritdoc/>
        public int Read()
        {
            int bits = ~_present & InputBits.Levels;
            for (int i = 0; i < _contacts.Length; i++)
            {
                bits |= _contacts[i].Read();
            }

            return _ready != null && (bool)_ready.Read() ? bits | InputBits.StimulatorReady : bits;
        }

        /// <inheritdoc/>
        public int ReadTemperature()
        {
            return _coilSensor == null ? -1 : _coilSensor.Read();
        }

        private static int Bit(int pin, int bit)
        {
            return pin == BoardPins.Absent ? 0 : bit;
        }
    }
}
