// What a sample that needs genuine ML.NET is on the stand-in.
Console.Error.WriteLine("This sample needs genuine ML.NET, which the package feed did not serve when it was built; eng/README.md tells where ML.NET comes from.");
return 2;
