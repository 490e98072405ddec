using System;
using Escapement.Link;
using nanoFramework.Runtime.Native;

namespace Escapement.Esp32
{
    /// <summary>The firmware: make safe, wait for the link to be ours, then one pass after the other, for ever.</summary>
    public static class Program
    {
        /// <summary>Pause between two passes, ms: one tick of the system.</summary>
        public const int PassMs = 10;

        // The debugger's link chooses its transport in the first 100 to 200 ms; a port opened before that collides with it.
        private const int LinkWaitMs = 1000;

        /// <summary>Never returns: a Main that returns leaves the outputs as they are and nobody in charge.</summary>
        public static void Main()
        {
            // The one root object. A local of a Main that never returns keeps it reachable: everything under it has finalizers that would stop it.
            Board board = null;
            try
            {
                BoardProfile profile = FindProfile();
                board = new Board(profile);
                Pause.SleepMs(LinkWaitMs);
                while (!LinkPort.IsAvailable(profile.LinkPort))
                {
                    // No host link without the second USB cable: safe, gate closed, and waiting for a reset with the cable in.
                    Pause.SleepMs(LinkWaitMs);
                }

                board.Build();
                while (true)
                {
                    board.Pass();
                    Pause.SleepMs(PassMs);
                }
            }
            catch (Exception)
            {
                // An exception that nobody caught would end this thread silently and leave every output as it is.
                MakeSafe(board);
                Power.RebootDevice(RebootOption.NormalReboot);
            }
        }

        private static BoardProfile FindProfile()
        {
            IdentityFile identity = IdentityFile.Load(new NativeCrc32());
            BoardProfile profile = ProfileChoice.Of(BoardProfiles.All(), SystemInfo.TargetName, identity.BoardId, identity.IsMissing);
            while (profile == null)
            {
                // An unknown board has unknown pins: none is touched. They stay inputs, their pull-downs keep the gate closed, and nobody answers.
                Pause.SleepMs(LinkWaitMs);
            }

            // The simulated chip says so in the place where a real one names its maker; nothing else tells them apart.
            profile.Figures.IsVirtual = SystemInfo.OEMString == "simulated chip, no nanoCLR";
            profile.Figures.Uid = identity.Uid;
            BuildMark.CopyTag(profile.Figures.BuildTag);
            return profile;
        }

        private static void MakeSafe(Board board)
        {
            if (board == null)
            {
                return;
            }

            try
            {
                board.MakeSafe();
            }
            catch (Exception)
            {
                // The reset that follows starves the watchdog, which closes the gate without this program.
            }
        }
    }
}
