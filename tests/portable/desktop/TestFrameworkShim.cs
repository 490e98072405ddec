using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

// The names of the board's test framework, served by MSTest. Overloads are the board's, so that a call means the same on both.
namespace nanoFramework.TestFramework
{
    public sealed class TestClassAttribute : MSTest.TestClassAttribute
    {
    }

    public sealed class TestMethodAttribute : MSTest.TestMethodAttribute
    {
        public TestMethodAttribute([CallerFilePath] string file = "", [CallerLineNumber] int line = -1)
            : base(file, line)
        {
        }

        public override Task<MSTest.TestResult[]> ExecuteAsync(MSTest.ITestMethod testMethod)
        {
            Escapement.Portable.Desktop.CasesRun.Count(testMethod.MethodInfo);
            return base.ExecuteAsync(testMethod);
        }
    }

    public sealed class DataRowAttribute : MSTest.DataRowAttribute
    {
        public DataRowAttribute(params object[] methodParameters)
            : base(methodParameters)
        {
        }
    }

    public static class Assert
    {
        public static void AreEqual(bool expected, bool actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(byte expected, byte actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(char expected, char actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(System.DateTime expected, System.DateTime actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(double expected, double actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(short expected, short actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(int expected, int actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(long expected, long actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(object expected, object actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(sbyte expected, sbyte actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(float expected, float actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(string expected, string actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(ushort expected, ushort actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(uint expected, uint actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(ulong expected, ulong actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void IsTrue(bool condition, string message = "") => MSTest.Assert.IsTrue(condition, message);

        public static void IsFalse(bool condition, string message = "") => MSTest.Assert.IsFalse(condition, message);

        public static void IsNull(object value, string message = "") => MSTest.Assert.IsNull(value, message);

        public static void IsNotNull(object value, string message = "") => MSTest.Assert.IsNotNull(value, message);
    }
}
