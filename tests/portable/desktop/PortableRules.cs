using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Escapement.Fit.Listings;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Board = nanoFramework.TestFramework;

namespace Escapement.Portable.Desktop
{
    /// <summary>What a source must keep to so that both test frameworks run all of it.</summary>
    [TestClass]
    public class PortableRules
    {
        private const int LeastCases = 150;

        [TestMethod]
        public void Every_public_method_is_a_test_that_both_frameworks_find()
        {
            foreach (MethodInfo method in CasesRun.PortableMethods())
            {
                string name = method.DeclaringType.Name + "." + method.Name;
                Assert.IsNotNull(method.DeclaringType.GetCustomAttribute<Board.TestClassAttribute>(), name + ": its class has no [TestClass]");
                Assert.IsNotNull(method.GetCustomAttribute<Board.TestMethodAttribute>(), name + " has no [TestMethod], so MSTest would pass over it in silence");
                Assert.IsTrue(!method.IsStatic && method.ReturnType == typeof(void), name + " is static or returns something");
                bool hasRows = method.GetCustomAttributes<Board.DataRowAttribute>().Any();
                Assert.AreEqual(method.GetParameters().Length > 0, hasRows, name + ": rows and parameters go together");
            }
        }

        /// <summary>The board calls by reflection and converts nothing.</summary>
        [TestMethod]
        public void Every_row_has_exactly_the_types_of_its_parameters()
        {
            foreach (MethodInfo method in CasesRun.PortableMethods())
            {
                Type[] parameters = method.GetParameters().Select(one => one.ParameterType).ToArray();
                foreach (Board.DataRowAttribute row in method.GetCustomAttributes<Board.DataRowAttribute>())
                {
                    Type[] given = row.Data.Select(one => one.GetType()).ToArray();
                    CollectionAssert.AreEqual(parameters, given, method.DeclaringType.Name + "." + method.Name);
                }
            }
        }

        /// <summary>At the end of the run the cases found are compared with the cases run.</summary>
        [TestMethod]
        public void There_are_enough_cases_and_all_will_have_run()
        {
            CasesRun.IsWholeRun = true;
            Assert.IsGreaterThanOrEqualTo(LeastCases, CasesRun.Found.Values.Sum());
        }

        /// <summary>Both ways for each name that the shim has: an overload too many or too few could bind a call to another one.</summary>
        [TestMethod]
        public void Shim_has_the_overloads_of_the_boards_framework()
        {
            ApiListing listing = ApiListing.LoadAll().Single(one => one.Name == "nanoFramework.TestFramework");
            const string start = "nanoFramework.TestFramework.Assert.";
            string[] names = typeof(Board.Assert).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).Distinct().ToArray();
            var board = new List<string>();
            foreach (ApiLine line in listing.Lines)
            {
                int at = line.Signature.IndexOf(start, StringComparison.Ordinal);
                if (line.Kind == "method" && at >= 0 && names.Contains(line.Signature.Substring(at + start.Length).Split('(')[0]))
                {
                    board.Add(Types(line.Signature.Substring(at + start.Length)));
                }
            }

            string[] shim = typeof(Board.Assert).GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Select(method => method.Name + "(" + string.Join(",", method.GetParameters().Select(one => one.ParameterType.FullName)) + ")").ToArray();
            CollectionAssert.AreEquivalent(board, shim);
        }

        // "AreEqual(System.Boolean expected, [X("actual")] System.String message = "")" to "AreEqual(System.Boolean,System.String)".
        private static string Types(string signature)
        {
            string name = signature.Split('(')[0];
            string inner = signature.Substring(name.Length + 1, signature.LastIndexOf(')') - name.Length - 1);
            IEnumerable<string> types = inner.Split(", ").Select(one => one.Split(' ').First(word => word.StartsWith("System.", StringComparison.Ordinal)));
            return name + "(" + string.Join(",", types) + ")";
        }
    }
}
