namespace Escapement.Kernel
{
    /// <summary>The arithmetic that planner and encoder share.</summary>
    internal static class PlanMath
    {
        /// <summary>Largest half of a word, in ticks.</summary>
        internal const int MaxHalfUs = 32767;

        /// <summary>Longest low that one word holds.</summary>
        internal const int MaxWordUs = 65534;

        /// <summary>Largest list that the kernel writes: up to here all its arithmetic fits 32 bits.</summary>
        internal const int MaxListWords = 32768;

        /// <summary>Longest low that the largest list holds.</summary>
        internal const int MaxLowUs = MaxListWords * MaxWordUs;

        /// <summary>Words of a pulse that is followed by a low: the first holds the pulse and up to 32,767 ticks of it.</summary>
        internal static int Words(long lowUs)
        {
            return lowUs <= MaxHalfUs ? 1 : 1 + (int)((lowUs - MaxHalfUs + MaxWordUs - 1) / MaxWordUs);
        }

        /// <summary>The longest list that is not an exact multiple of the channel memory, of which the hardware sends nothing.</summary>
        internal static int Cap(int listWords, int channelWords)
        {
            return listWords % channelWords == 0 ? listWords - 1 : listWords;
        }

        /// <summary>A list's length with the pad word that it needs when it fills the channel memory exactly.</summary>
        internal static int Pad(int words, int channelWords)
        {
            return words % channelWords == 0 ? words + 1 : words;
        }

        /// <summary>Whether limits can be planned with at all.</summary>
        internal static bool AreSane(PlanLimits limits)
        {
            if (limits == null || limits.ChannelWords < 2 || limits.HeadWords < 1 || limits.HeadWords > MaxListWords)
            {
                return false;
            }

            if (limits.FirstListWords > MaxListWords || limits.ListWords > MaxListWords)
            {
                return false;
            }

            if (limits.FirstListWords < limits.HeadWords + 2 || limits.ListWords < limits.HeadWords + 2)
            {
                return false;
            }

            if (limits.LeadInUs < 2 * limits.HeadWords || limits.LeadInUs > limits.HeadWords * (long)MaxWordUs)
            {
                return false;
            }

            return limits.StartBoundUs >= 1 && limits.LeadInMinUs > limits.StartBoundUs && limits.LeadInUs >= limits.LeadInMinUs
                && limits.MinCutGapUs - (long)limits.StartBoundUs > limits.LeadInUs;
        }
    }
}
