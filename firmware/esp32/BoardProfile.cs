using Escapement.Runtime;
using nanoFramework.Runtime.Native;

namespace Escapement.Esp32
{
    /// <summary>Figures of the reference board, esp32-s3-devkitc-1 (N8R8, N16R8).</summary>
    public static class BoardProfile
    {
        /// <summary>The figures for this boot.</summary>
        public static BoardFigures Figures()
        {
            BoardFigures figures = new BoardFigures();
            figures.BoardId = 1;

            // The simulated chip says so in the place where a real one names its maker; nothing else tells them apart.
            figures.IsVirtual = SystemInfo.OEMString == "simulated chip, no nanoCLR";
            figures.BuildTag[0] = (byte)'0';
            figures.BuildTag[1] = (byte)'.';
            figures.BuildTag[2] = (byte)'1';
            figures.BuildTag[3] = (byte)'.';
            figures.BuildTag[4] = (byte)'0';
            return figures;
        }
    }
}
