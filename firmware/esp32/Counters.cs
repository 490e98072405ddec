using System;
using System.Device.Gpio;
using Escapement.Runtime.Ports;

namespace Escapement.Esp32
{
    /// <summary>PCNT units: one on a tap of the trigger line, one behind the gate, and one on the stimulator's trigger-out where the board has it.</summary>
    public sealed class Counters : ICounters
    {
        // Made once and never disposed: disposing leaks the unit, and a few rounds exhaust them. Referenced for ever: they have finalizers.
        private readonly GpioPulseCounter _raw;
        private readonly GpioPulseCounter _gated;
        private readonly GpioPulseCounter _answered;

        /// <summary>Opens and starts them.</summary>
        public Counters(int rawPin, int gatedPin, int triggerOutPin)
        {
            // Pins of their own, wired to the lines: counting on the output pin itself would not prove what left it.
            _raw = Open(rawPin);
            _gated = Open(gatedPin);
            _answered = triggerOutPin == BoardPins.Absent ? null : Open(triggerOutPin);
        }

        /// <inheritdoc/>
        public int RawPulses()
        {
            return Read(_raw);
        }

        /// <inheritdoc/>
        public int GatedPulses()
        {
            return Read(_gated);
        }

        /// <inheritdoc/>
        public int TriggerOutPulses()
        {
            return _answered == null ? 0 : Read(_answered);
        }

        private static GpioPulseCounter Open(int pin)
        {
            GpioPulseCounter counter = new GpioPulseCounter(pin);

            // The default is falling; a line stuck high would look silent.
            counter.Polarity = GpioPulsePolarity.Rising;

            // Nanoseconds, whatever its documentation says; the largest accepted. Cross-talk is shorter, pulses are longer.
            counter.FilterPulses = 1000;
            counter.Start();
            return counter;
        }

        private static int Read(GpioPulseCounter counter)
        {
            try
            {
                return (int)counter.Read().Count;
            }
            catch (Exception)
            {
                return -1;
            }
        }
    }
}
