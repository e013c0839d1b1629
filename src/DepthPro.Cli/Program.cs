return DepthPro.Cli.DepthProCommand.Run(args, Console.Out, Console.Error);
