using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Watch
{
    /// <summary>Reads the coil's temperature ten times a second, where the board has a sensor.</summary>
    public sealed class CoilWatch
    {
        /// <summary>Between two readings, us.</summary>
        public const int IntervalUs = 100000;

        /// <summary>An older reading says nothing, us.</summary>
        public const int StaleUs = 1000000;

        private readonly IInputs _inputs;
        private readonly bool _present;
        private long _nextUs;

        /// <summary>Reads through the inputs' port.</summary>
        public CoilWatch(IInputs inputs)
        {
            _inputs = inputs;
            _present = (inputs.Present & InputBits.CoilTemperature) != 0;
        }

        /// <summary>What the readings are worth.</summary>
        public readonly CoilThermometer Thermometer = new CoilThermometer();

        /// <summary>Whether what is under way must end because of it.</summary>
        public bool Trips => _present && Thermometer.Trips;

        /// <summary>Whether no new train may begin because of it.</summary>
        public bool ForbidsTrain => _present && Thermometer.ForbidsTrain;

        /// <summary>Reasons against arming, Safety.InhibitReason.</summary>
        public int Reasons(long nowUs)
        {
            if (!_present)
            {
                return 0;
            }

            if (Thermometer.IsUnknown || Thermometer.Reading < 0 || nowUs - Thermometer.ReadAtUs > StaleUs)
            {
                return InhibitReason.TemperatureUnknown;
            }

            return Thermometer.ForbidsTrain ? InhibitReason.CoilWarm : 0;
        }

        /// <summary>Reads when it is time to.</summary>
        public void Pass(long nowUs)
        {
            if (_present && nowUs >= _nextUs)
            {
                _nextUs = nowUs + IntervalUs;
                Thermometer.Take(_inputs.ReadTemperature(), nowUs);
            }
        }
    }
}
