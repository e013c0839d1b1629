using System.CommandLine;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Cli;

/// <summary>The command line as a function: arguments and two writers to an exit code.</summary>
internal static class DepthProCommand
{
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Root(output, error).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors) { error.WriteLine(problem.Message); }
            error.WriteLine($"'depthpro {string.Join(' ', parsed.CommandResult.Command is RootCommand ? [] : new[] { parsed.CommandResult.Command.Name, "" })}--help' lists what is expected.");
            return ExitCode.Usage;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException exception)
        {
            error.WriteLine(exception.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Interrupted; nothing is left behind.");
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException or ArgumentException or UnauthorizedAccessException or OnnxRuntimeException)
        {
            error.WriteLine(exception.Message);
            return ExitCode.ModelUnusable;
        }
    }

    /// <summary>All commands with their options.</summary>
    public static RootCommand Root(TextWriter output, TextWriter error) => new("Sharp metric depth from one photo.")
    {
        EstimateCommand.Create(output, error),
        EvaluateCommand.Create(output, error),
        ConvertCommand.Create(output),
        InfoCommand.Create(output),
        DevicesCommand.Create(output, error),
        DemoCommand.Create(output, error),
        TrainCommand.Create(output, error),
    };
}
