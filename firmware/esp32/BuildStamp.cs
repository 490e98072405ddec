using Escapement.Runtime;
using nanoFramework.Runtime.Native;

namespace Escapement.Esp32
{
    /// <summary>What the figures say about this image and the chip that it runs on, as against the kind of board.</summary>
    public static class BuildStamp
    {
        /// <summary>Build tag, at most 8 ASCII characters (Harp register TAG).</summary>
        public const string Tag = "0.1.0";

        /// <summary>Writes it into the figures of this boot.</summary>
        public static void Put(BoardFigures figures, byte[] uid)
        {
            // The simulated chip says so in the place where a real one names its maker; nothing else tells them apart.
            figures.IsVirtual = SystemInfo.OEMString == "simulated chip, no nanoCLR";
            figures.Uid = uid;
            for (int i = 0; i < Tag.Length; i++)
            {
                figures.BuildTag[i] = (byte)Tag[i];
            }
        }
    }
}
