namespace Escapement.Safety
{
    /// <summary>
    /// Judges the coil's temperature. The surface of an applied part may reach 41 degrees Celsius (IEC 60601-1, 2nd edition, 42.3): from 38 it warns,
    /// from 40 it lets no new train begin, at 41 it trips, and what was stopped stays so until the coil is below 35 and an operator has said so.
    /// A sensor that is open, shorted, stands still or runs away is as bad as a hot coil.
    /// </summary>
    public sealed class CoilThermometer
    {
        /// <summary>Warns from here on, thousandths of a degree Celsius.</summary>
        public const int WarnMilliCelsius = 38000;

        /// <summary>No new train from here on.</summary>
        public const int NoTrainMilliCelsius = 40000;

        /// <summary>Trips here.</summary>
        public const int TripMilliCelsius = 41000;

        /// <summary>Below this an operator can release it.</summary>
        public const int ReleaseMilliCelsius = 35000;

        /// <summary>A converter that shows exactly the same number for so long is not reading anything, us.</summary>
        public const int StuckUs = 60000000;

        /// <summary>Fastest believable change in <see cref="RateUs"/>, thousandths of a degree: 2 degrees a second.</summary>
        public const int MaxChangeMilliCelsius = 2000;

        /// <summary>Over which a change is judged, us.</summary>
        public const int RateUs = 1000000;

        private bool _hot;
        private bool _known;
        private long _sameSinceUs;
        private int _referenceMilliCelsius;
        private long _referenceAtUs;
        private bool _tooFast;

        /// <summary>The last reading; -1 before the first.</summary>
        public int Reading = -1;

        /// <summary>Board clock of the last reading, us.</summary>
        public long ReadAtUs;

        /// <summary>Thousandths of a degree Celsius; 0 when not known.</summary>
        public int MilliCelsius;

        /// <summary>What it is worth: a <see cref="TemperatureState"/>.</summary>
        public int State;

        /// <summary>Whether nothing is known although there is a sensor.</summary>
        public bool IsUnknown => State >= TemperatureState.Open;

        /// <summary>Whether no new train may begin.</summary>
        public bool ForbidsTrain => State >= TemperatureState.NoNewTrain;

        /// <summary>Whether what runs must end.</summary>
        public bool Trips => State >= TemperatureState.TooHot;

        /// <summary>Whether it waits for an operator's release.</summary>
        public bool WaitsForRelease => _hot;

        /// <summary>Takes a reading.</summary>
        /// <param name="reading">The converter's reading, 0 to 4095; negative when it failed, which counts as open.</param>
        /// <param name="nowUs">Board clock, us.</param>
        public void Take(int reading, long nowUs)
        {
            if (!_known || reading != Reading)
            {
                _sameSinceUs = nowUs;
            }

            Reading = reading;
            ReadAtUs = nowUs;
            if (reading < 0 || reading >= Thermistor.OpenReading || reading <= Thermistor.ShortReading)
            {
                _known = false;
                MilliCelsius = 0;
                State = reading >= 0 && reading <= Thermistor.ShortReading ? TemperatureState.Shorted : TemperatureState.Open;
                return;
            }

            MilliCelsius = Thermistor.MilliCelsius(reading);
            JudgeRate(nowUs);
            _known = true;
            _hot |= MilliCelsius >= NoTrainMilliCelsius;
            State = Judged(nowUs);
        }

        /// <summary>An operator's release. False when the coil is not below 35 degrees or its temperature not known.</summary>
        public bool Release()
        {
            if (IsUnknown || MilliCelsius >= ReleaseMilliCelsius)
            {
                return false;
            }

            _hot = false;
            if (State == TemperatureState.NoNewTrain)
            {
                State = TemperatureState.Normal;
            }

            return true;
        }

        // Against a reference that is renewed each second: a step shows at once, a ramp within a second, noise not at all.
        private void JudgeRate(long nowUs)
        {
            if (!_known)
            {
                _referenceMilliCelsius = MilliCelsius;
                _referenceAtUs = nowUs;
                _tooFast = false;
                return;
            }

            int change = MilliCelsius - _referenceMilliCelsius;
            bool fast = change > MaxChangeMilliCelsius || -change > MaxChangeMilliCelsius;
            bool due = nowUs - _referenceAtUs >= RateUs;
            _tooFast = fast || (_tooFast && !due);
            if (due)
            {
                _referenceMilliCelsius = MilliCelsius;
                _referenceAtUs = nowUs;
            }
        }

        private int Judged(long nowUs)
        {
            if (_tooFast)
            {
                return TemperatureState.TooFast;
            }

            if (nowUs - _sameSinceUs >= StuckUs)
            {
                return TemperatureState.Stuck;
            }

            if (MilliCelsius >= TripMilliCelsius)
            {
                return TemperatureState.TooHot;
            }

            if (_hot)
            {
                return TemperatureState.NoNewTrain;
            }

            return MilliCelsius >= WarnMilliCelsius ? TemperatureState.Warm : TemperatureState.Normal;
        }
    }
}
