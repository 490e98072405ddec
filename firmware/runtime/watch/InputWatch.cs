using Escapement.Runtime.Ports;

namespace Escapement.Runtime.Watch
{
    /// <summary>
    /// The safety inputs, debounced without symmetry: one bad sample takes an input's safe state away, only 65 ms of good ones give it back.
    /// Remembers which were seen open and closed, and how long the two channels of the emergency stop have disagreed.
    /// </summary>
    public sealed class InputWatch
    {
        /// <summary>How long an input must be good without a break before it counts as safe, us.</summary>
        public const int ReleaseUs = 65000;

        /// <summary>And in how many samples; a pause between two of them proves nothing.</summary>
        public const int ReleaseSamples = 4;

        /// <summary>How long the two channels of the emergency stop may disagree, us (IEC 60947-5-5 contacts open within it by far).</summary>
        public const int DiscrepancyUs = 100000;

        private readonly long[] _goodSinceUs = new long[InputBits.Count];
        private readonly int[] _goodSamples = new int[InputBits.Count];
        private long _agreedAtUs;

        /// <summary>Watches the inputs that the board has.</summary>
        /// <param name="present">Ports.InputBits.</param>
        public InputWatch(int present)
        {
            Present = present;
            Safe = ~present & InputBits.Levels;
        }

        /// <summary>Inputs that the board has by its profile.</summary>
        public readonly int Present;

        /// <summary>Inputs in their safe state. Those that the board does not have are among them.</summary>
        public int Safe;

        /// <summary>The last sample as it came.</summary>
        public int Levels;

        /// <summary>Inputs that were seen open since power-up (the emergency stop: since its channels last disagreed).</summary>
        public int SeenOpen;

        /// <summary>Inputs that were seen closed, likewise.</summary>
        public int SeenClosed;

        /// <summary>Whether Safe changed since it was last reported.</summary>
        public bool Changed;

        /// <summary>Whether the two channels of the emergency stop disagree for longer than contacts of one button can.</summary>
        public bool StopsDisagree;

        /// <summary>Whether both channels of the emergency stop were seen open and closed.</summary>
        public bool StopsTested => (SeenOpen & SeenClosed & InputBits.EmergencyStops) == InputBits.EmergencyStops;

        /// <summary>Takes a sample. The stimulator's readiness is no contact: it falls with each discharge, and counts as it stands.</summary>
        /// <param name="levels">Ports.InputBits as the port gave them: cleared too when an input was bad for a moment since the last sample.</param>
        /// <param name="nowUs">Board clock, us.</param>
        public void Take(int levels, long nowUs)
        {
            Levels = levels;
            int safe = ~Present & InputBits.Levels;
            for (int i = 0; i < InputBits.Count; i++)
            {
                int bit = 1 << i;
                if ((levels & bit) == 0)
                {
                    _goodSamples[i] = 0;
                }
                else
                {
                    if (_goodSamples[i] == 0)
                    {
                        _goodSinceUs[i] = nowUs;
                    }

                    _goodSamples[i]++;
                    if ((Safe & bit) != 0 || bit == InputBits.StimulatorReady || (_goodSamples[i] >= ReleaseSamples && nowUs - _goodSinceUs[i] >= ReleaseUs))
                    {
                        safe |= bit;
                    }
                }
            }

            Changed |= safe != Safe;
            Safe = safe;
            SeenOpen |= ~levels & Present;
            SeenClosed |= safe & Present;
            CompareStops(nowUs);
        }

        // A channel that did not follow the other one is not known to work until it has been seen both ways again.
        private void CompareStops(long nowUs)
        {
            int stops = Safe & InputBits.EmergencyStops;
            if (stops == 0 || stops == InputBits.EmergencyStops)
            {
                _agreedAtUs = nowUs;
                StopsDisagree = false;
            }
            else if (nowUs - _agreedAtUs > DiscrepancyUs)
            {
                StopsDisagree = true;
                SeenOpen &= ~InputBits.EmergencyStops;
                SeenClosed &= ~InputBits.EmergencyStops;
            }
        }
    }
}
