namespace Escapement.Fit.Proof;

/// <summary>Names of the rules, as findings print them. docs/language.md says why each exists.</summary>
public static class Rules
{
    public const string Generic = "generic";
    public const string MultiDimensionalArray = "multi-dimensional-array";
    public const string Pointer = "pointer";
    public const string FunctionPointer = "function-pointer";
    public const string StackAllocation = "stackalloc";
    public const string DefaultInterfaceMethod = "default-interface-method";
    public const string Checked = "checked";
    public const string Volatile = "volatile";
    public const string UnsupportedOpcode = "unsupported-opcode";
    public const string Unsafe = "unsafe";
    public const string Conditional = "conditional-compilation";

    public const string FloatingPoint = "floating-point";
    public const string ExceptionHandler = "exception-handler";
    public const string VendorName = "vendor-name";
    public const string Clock = "clock";
    public const string MutableStatic = "mutable-static";

    public const string PassAllocates = "pass-allocates";
    public const string PassString = "pass-string";
    public const string PassStruct = "pass-struct";
    public const string PassThrows = "pass-throws";
    public const string PassDelegate = "pass-delegate";
    public const string PassLeaves = "pass-leaves";
    public const string PassMissing = "pass-missing";
}
