namespace Microsoft.ML.Data;

internal static class ArgumentChecks
{
    public static void Param(bool holds, string parameter, string message = null)
    {
        if (!holds) { throw message is null ? new ArgumentOutOfRangeException(parameter) : new ArgumentOutOfRangeException(parameter, message); }
    }
}
