using DepthPro.Publicizer;

if (args.Length < 2)
{
    Console.Error.WriteLine("Publicizer : error : found no arguments; expected <folder to write to> <assembly>...");
    return 2;
}

Directory.CreateDirectory(args[0]);
foreach (var assembly in args.AsSpan(1))
{
    File.WriteAllBytes(Path.Combine(args[0], Path.GetFileName(assembly)), AssemblyPublicizer.Publicize(File.ReadAllBytes(assembly)));
}

return 0;
