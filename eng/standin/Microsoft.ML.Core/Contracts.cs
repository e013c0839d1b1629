using System.Globalization;

namespace Microsoft.ML.Runtime;

/// <summary>The checks and exceptions of ML.NET's own code; what it throws is marked with the component that threw it.</summary>
internal static class Contracts
{
    private const string IsMarkedKey = "ML_IsMarked";

    public static bool IsMarked(this Exception ex) => ex?.Data.Contains(IsMarkedKey) == true;

    public static TException Mark<TException>(TException ex) where TException : Exception
    {
        ex.Data[IsMarkedKey] = true;
        return ex;
    }

    public static Exception Except(string msg) => Mark(new InvalidOperationException(msg));

    public static Exception Except(this IExceptionContext ctx, string msg) => Process(ctx, new InvalidOperationException(msg));

    public static Exception Except(this IExceptionContext ctx, Exception inner, string msg) =>
        Process(ctx, new InvalidOperationException(msg, inner));

    public static Exception Except(this IExceptionContext ctx, string msg, params object[] args) =>
        Except(ctx, string.Format(CultureInfo.InvariantCulture, msg, args));

    public static Exception ExceptParam(string paramName, string msg) => Mark(new ArgumentOutOfRangeException(paramName, msg));

    public static Exception ExceptDecode(this IExceptionContext ctx, string msg, Exception inner = null) =>
        Process(ctx, new FormatException(msg, inner));

    public static Exception ExceptSchemaMismatch(this IExceptionContext ctx, string paramName, string columnRole, string columnName) =>
        Process(ctx, new ArgumentOutOfRangeException(paramName, $"Could not find {columnRole} column '{columnName}'"));

    public static Exception ExceptSchemaMismatch(
        this IExceptionContext ctx, string paramName, string columnRole, string columnName, string expectedType, string actualType) =>
        Process(ctx, new ArgumentOutOfRangeException(
            paramName, $"Schema mismatch for {columnRole} column '{columnName}': expected {expectedType}, got {actualType}"));

    public static void Check(bool f, string msg)
    {
        if (!f) { throw Except(msg); }
    }

    public static void Check(this IExceptionContext ctx, bool f, string msg)
    {
        if (!f) { throw Except(ctx, msg); }
    }

    public static void CheckParam(bool f, string paramName, string msg)
    {
        if (!f) { throw ExceptParam(paramName, msg); }
    }

    public static void CheckParam(this IExceptionContext ctx, bool f, string paramName, string msg)
    {
        if (!f) { throw Process(ctx, new ArgumentOutOfRangeException(paramName, msg)); }
    }

    public static void CheckDecode(bool f, string msg)
    {
        if (!f) { throw Mark(new FormatException(msg)); }
    }

    public static void CheckValue<T>(T val, string paramName) where T : class
    {
        if (val is null) { throw Mark(new ArgumentNullException(paramName)); }
    }

    public static void CheckValue<T>(this IExceptionContext ctx, T val, string paramName) where T : class
    {
        if (val is null) { throw Process(ctx, new ArgumentNullException(paramName)); }
    }

    public static void CheckNonEmpty(string s, string paramName) =>
        CheckParam(!string.IsNullOrEmpty(s), paramName, $"{paramName} cannot be null or empty");

    public static void CheckNonEmpty(this IExceptionContext ctx, string s, string paramName) =>
        CheckParam(ctx, !string.IsNullOrEmpty(s), paramName, $"{paramName} cannot be null or empty");

    private static TException Process<TException>(IExceptionContext ctx, TException ex) where TException : Exception =>
        ctx is null ? Mark(ex) : ctx.Process(ex);
}
