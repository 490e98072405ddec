namespace Escapement.Esp32
{
    /// <summary>
    /// Which board this is. Two facts must agree, the identity file and the runtime's target: wrong pins could drive what must not be driven.
    /// </summary>
    public static class ProfileChoice
    {
        /// <summary>The profile to run with, or null when the facts do not name exactly one.</summary>
        /// <param name="profiles">Every board that the firmware knows.</param>
        /// <param name="target">What the runtime says it was built for (SystemInfo.TargetName).</param>
        /// <param name="boardId">What the identity file says; empty when there is none or it is damaged. Then the target alone decides, if only one board has it.</param>
        /// <param name="isMissing">Whether there is no file at all, as on a board that Visual Studio deployed to. Then the target's plain board decides; a damaged file may have named another.</param>
        public static BoardProfile Of(BoardProfile[] profiles, string target, string boardId, bool isMissing)
        {
            BoardProfile found = null;
            for (int i = 0; i < profiles.Length; i++)
            {
                BoardProfile profile = profiles[i];
                if (profile.Target != target || (boardId.Length > 0 && profile.Id != boardId) || (isMissing && !profile.IsPlain))
                {
                    continue;
                }

                if (found != null)
                {
                    return null;
                }

                found = profile;
            }

            return found;
        }
    }
}
