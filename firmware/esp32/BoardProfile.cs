using Escapement.Runtime;

namespace Escapement.Esp32
{
    /// <summary>One kind of board: what its board.yml says, as the firmware needs it. The profiles themselves are generated (folder profiles).</summary>
    public sealed class BoardProfile
    {
        /// <summary>Name of the board, such as esp32-s3-devkitc-1.</summary>
        public string Id;

        /// <summary>The runtime's target that is flashed on it; SystemInfo.TargetName says the same on the right board.</summary>
        public string Target;

        /// <summary>Whether a board of this target that was never given an identity file is taken for this one: the plain board, nothing optional wired.</summary>
        public bool IsPlain;

        /// <summary>Serial port of the host link: COM1, COM2 or COM3.</summary>
        public string LinkPort;

        /// <summary>Which signal is on which pin.</summary>
        public readonly BoardPins Pins = new BoardPins();

        /// <summary>Figures for supervisor and planner.</summary>
        public readonly BoardFigures Figures = new BoardFigures();
    }
}
