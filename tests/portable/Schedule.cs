namespace Escapement.Portable
{
    /// <summary>Where every pulse of a program belongs, by the formula of the format's text: straight from the bytes, each pulse by itself. Shares no code with the kernel.</summary>
    internal sealed class Schedule
    {
        private readonly byte[] image;
        private long units;

        public Schedule(byte[] image)
        {
            this.image = image;
            Pulses = (int)Number(12, 4);
        }

        /// <summary>Pulses as the header states them.</summary>
        public int Pulses { get; }

        /// <summary>Onset of the pulse found: floor((2 units + den) / (2 den)) microseconds.</summary>
        public long OnsetUs
        {
            get
            {
                long den = Number(8, 4);
                return (2 * units + den) / (2 * den);
            }
        }

        /// <summary>Width of the pulse found.</summary>
        public int WidthUs { get; private set; }

        /// <summary>Finds a pulse.</summary>
        public void Find(int pulse)
        {
            int at = 40;
            int left = pulse;
            units = 0;
            int here = PulsesOf(at);
            while (left >= here)
            {
                left -= here;
                units += Number(at + 8, 8);
                at += 16 + (int)Number(at + 1, 1) * 12 + (int)Number(at + 6, 2) * 4;
                here = PulsesOf(at);
            }

            WidthUs = (int)Number(at + 4, 2);
            if (Number(at, 1) == 2)
            {
                for (int entry = 0; entry < left; entry++)
                {
                    units += Number(at + 16 + 4 * entry, 4) * Number(8, 4);
                }

                return;
            }

            for (int level = (int)Number(at + 1, 1) - 1; level >= 0; level--)
            {
                int count = (int)Number(at + 16 + 12 * level, 4);
                units += left % count * Number(at + 20 + 12 * level, 8);
                left /= count;
            }
        }

        private int PulsesOf(int at)
        {
            if (Number(at, 1) == 2)
            {
                return (int)Number(at + 6, 2) + 1;
            }

            int pulses = 1;
            for (int level = 0; level < Number(at + 1, 1); level++)
            {
                pulses *= (int)Number(at + 16 + 12 * level, 4);
            }

            return pulses;
        }

        private long Number(int at, int count)
        {
            long value = 0;
            for (int i = count - 1; i >= 0; i--)
            {
                value = value << 8 | image[at + i];
            }

            return value;
        }
    }
}
