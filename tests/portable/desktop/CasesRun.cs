using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Board = nanoFramework.TestFramework;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Escapement.Portable.Desktop
{
    /// <summary>Counts the cases that the runner really runs, so that none can be left out in silence.</summary>
    [MSTest.TestClass]
    public static class CasesRun
    {
        private static readonly Dictionary<string, int> Ran = new Dictionary<string, int>();

        /// <summary>Test methods of the portable sources, by reflection, with the cases each has.</summary>
        public static Dictionary<string, int> Found { get; } = PortableMethods().ToDictionary(Name, Cases);

        public static void Count(MethodInfo method)
        {
            lock (Ran)
            {
                Ran[Name(method)] = Ran.TryGetValue(Name(method), out int before) ? before + 1 : 1;
            }
        }

        /// <summary>Every public method of a public class that is no helper is meant to be a test.</summary>
        public static IEnumerable<MethodInfo> PortableMethods()
        {
            return typeof(CasesRun).Assembly.GetTypes()
                .Where(type => type.Namespace == "Escapement.Portable" && type.IsPublic)
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly));
        }

        /// <summary>Set by a test that a run without a filter contains.</summary>
        public static bool IsWholeRun { get; set; }

        /// <summary>Of each method that ran, all cases must have; in a run without a filter, all methods must.</summary>
        [MSTest.AssemblyCleanup]
        public static void Every_case_found_has_run()
        {
            lock (Ran)
            {
                Console.WriteLine($"Portable tests: {Found.Count} methods found with {Found.Values.Sum()} cases; {Ran.Count} methods and {Ran.Values.Sum()} cases run.");
                foreach (KeyValuePair<string, int> ran in Ran)
                {
                    MSTest.Assert.IsTrue(Found.TryGetValue(ran.Key, out int cases) && cases == ran.Value, $"{ran.Key}: {cases} cases found, {ran.Value} run.");
                }

                string[] left = Found.Keys.Where(name => !Ran.ContainsKey(name)).ToArray();
                MSTest.Assert.IsTrue(!IsWholeRun || left.Length == 0, "Found and never run (run without a filter): " + string.Join(", ", left));
            }
        }

        private static string Name(MethodInfo method) => method.DeclaringType.Name + "." + method.Name;

        private static int Cases(MethodInfo method) => Math.Max(1, method.GetCustomAttributes<Board.DataRowAttribute>().Count());
    }
}
