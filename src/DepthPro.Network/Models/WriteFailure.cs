namespace DepthPro.Network;

/// <summary>Why a file could not be written, in words that name it, and not what was begun beside it under another name.</summary>
internal static class WriteFailure
{
    /// <summary>Whether an exception that came out of writing tells of the disk or of permissions. (A file beyond the largest that is allowed, EFBIG, is an argument to .NET.)</summary>
    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    /// <summary>Does a part of the writing.</summary>
    /// <exception cref="IOException"><see cref="Explain"/>.</exception>
    public static void Attempt(string path, string temporary, Action write)
        => Attempt(path, temporary, () =>
        {
            write();
            return true;
        });

    /// <inheritdoc cref="Attempt(string, string, Action)"/>
    public static T Attempt<T>(string path, string temporary, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception exception) when (Is(exception))
        {
            throw Explain(path, temporary, exception);
        }
    }

    /// <param name="path">The file's final name.</param>
    /// <param name="temporary">The name that it had when writing it failed; the system's message may hold it.</param>
    /// <param name="exception">What came out.</param>
    public static IOException Explain(string path, string temporary, Exception exception)
        => new($"'{path}' cannot be written: the disk is full or the place not writable ({exception.Message.Replace(temporary, path, StringComparison.Ordinal).TrimEnd('.')}). Nothing of it is left. Free some space, or choose a place where you may write.", exception);
}
